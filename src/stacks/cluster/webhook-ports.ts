import { isCalledOnNodes } from "../../model/pod-network";
import { usedRecords } from "../../model/used-components";
import type { TargetConfig } from "../../config/schema/target";

/** TCP ports that the control plane calls on nodes or pods, by who listens: webhooks and aggregated APIs. */
export function webhookPorts(config: TargetConfig): Record<string, number> {
  const onNodes = isCalledOnNodes(config);
  return Object.assign({}, ...usedRecords(config).map(({ called }) => called?.(onNodes, config))) as Record<
    string,
    number
  >;
}

/** TCP ports of nodes that Prometheus reads, by who listens. With an overlay the node security group has to name them. */
export function scrapedPorts(config: TargetConfig): Record<string, number> {
  if (config.observability?.prometheus === undefined) return {};
  return Object.assign({}, ...usedRecords(config).map(({ metricsOnNodes }) => metricsOnNodes)) as Record<
    string,
    number
  >;
}
