import { isCalledOnNodes } from "../../model/pod-network";
import type { Target } from "../../model/target";

/** TCP ports that the control plane calls on nodes or pods, by who listens: webhooks and aggregated APIs. */
export function webhookPorts({ config, components }: Target): Record<string, number> {
  const onNodes = isCalledOnNodes(config);
  return Object.assign(
    {},
    ...[...components.values()].map(({ record }) => record.called?.(onNodes, config)),
  ) as Record<string, number>;
}

/** TCP ports of nodes that Prometheus reads, by who listens. With an overlay the node security group has to name them. */
export function scrapedPorts({ config, components }: Target): Record<string, number> {
  if (config.observability?.prometheus === undefined) return {};
  return Object.assign({}, ...[...components.values()].map(({ record }) => record.metricsOnNodes)) as Record<
    string,
    number
  >;
}
