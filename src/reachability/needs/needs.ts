import { isCalledOnNodes } from "../../model/pod-network";
import type { Target } from "../../model/target";
import type { ReachWorld } from "../path/reach-world";
import { declaredNeeds } from "./declared-needs";
import { metricsNeeds } from "./metrics-needs";
import type { Need } from "./need";
import {
  apiNeeds,
  calledPorts,
  dnsNeeds,
  identityNeeds,
  meshNeeds,
  probeNeeds,
  webhookNeeds,
} from "./platform-needs";

type Needing = Pick<Target, "config" | "components" | "flows" | "namespaces">;

/** Every flow that a target has to have. */
export function needsOf(world: ReachWorld, target: Needing): Need[] {
  const { config, components, flows, namespaces } = target;
  const onNodes = isCalledOnNodes(config);
  const records = [...components.values()].map(({ record }) => record);
  const withApi = Object.entries(namespaces).flatMap(([name, { apiServer }]) => (apiServer ? [name] : []));
  return [
    ...webhookNeeds(
      world,
      calledPorts(records, ({ called }) => called?.(onNodes, config) ?? {}),
    ),
    ...probeNeeds(world),
    ...dnsNeeds(world),
    ...apiNeeds(world, withApi),
    ...identityNeeds(world),
    ...meshNeeds(world),
    ...metricsNeeds(world),
    ...declaredNeeds(world, flows),
  ];
}
