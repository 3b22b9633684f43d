import { formatCidr } from "../../ip-capacity/cidr";
import { neededPulls } from "../../model/image-registries";
import { isCalledOnNodes } from "../../model/pod-network";
import type { Target } from "../../model/target";
import type { Identity } from "../../permissions/identity";
import type { ReachWorld } from "../path/reach-world";
import { awsNeeds } from "./aws-needs";
import { componentNeeds } from "./component-needs";
import { declaredNeeds } from "./declared-needs";
import { balancedServiceNeeds, ingressNeeds } from "./balancer-needs";
import { gatewayNeeds } from "./gateway-needs";
import { metricsNeeds } from "./metrics-needs";
import type { Need } from "./need";
import { kubeletNeeds } from "./node-needs";
import { imageNeeds } from "./image-needs";
import { apiNeeds, calledPorts, dnsNeeds, identityNeeds, probeNeeds, webhookNeeds } from "./platform-needs";
import { resolverNeeds } from "./resolver-needs";
import { stubZoneNeeds } from "./stub-zone-needs";
import { brokerNeeds } from "./scaler-needs";

/**
 * Every flow that a target has to have.
 *
 * @param identities who calls AWS, and what
 */
export function needsOf(world: ReachWorld, target: Target, identities: readonly Identity[]): Need[] {
  const { config, components, flows, namespaces, region, mesh } = target;
  const onNodes = isCalledOnNodes(config);
  const records = [...components.values()].map(({ record }) => record);
  const withApi = Object.entries(namespaces).flatMap(([name, { apiServer }]) => (apiServer ? [name] : []));
  const peers = mesh.peers.flatMap(({ vpcCidrs, workspace }) =>
    vpcCidrs.slice(0, 1).map((each) => ({ target: workspace, range: formatCidr(each) })),
  );
  return [
    ...webhookNeeds(
      world,
      calledPorts(records, ({ called }) => called?.(onNodes, config) ?? {}),
    ),
    ...probeNeeds(world),
    ...dnsNeeds(world),
    ...resolverNeeds(world),
    ...stubZoneNeeds(world),
    ...apiNeeds(world, withApi),
    ...identityNeeds(world),
    ...metricsNeeds(world),
    ...componentNeeds(world, records, mesh.cilium ? "cilium" : mesh.istio && "istio", peers),
    ...gatewayNeeds(world),
    ...ingressNeeds(world),
    ...balancedServiceNeeds(world),
    ...kubeletNeeds(),
    ...awsNeeds(world, identities, region),
    ...imageNeeds(neededPulls(target), region),
    ...brokerNeeds(world, target),
    ...declaredNeeds(world, flows),
  ];
}
