import { Fault } from "../../text/errors";
import type { Manifest } from "../manifest";
import { ciliumNetworkPolicy } from "./cilium-network-policy";
import { kubernetesNetworkPolicy } from "./kubernetes-network-policy";
import { type Enforcer, type FlowPolicy, needsCilium } from "./network-flows";

/**
 * Manifests of a policy, by key: a NetworkPolicy, and under Cilium a CiliumNetworkPolicy for the flows that the first
 * can't say. Cilium allows what either of them allows.
 *
 * @throws Error for a flow that needs Cilium where another enforces: it would be dropped, and the pods cut off
 */
export function flowPolicyManifests(policy: FlowPolicy, enforcer: Enforcer): Record<string, Manifest> {
  // To engines a rule without ports is one for all of them.
  const flows = policy.flows.filter(({ ports }) => ports === "all" || ports.length > 0);
  const own = flows.filter(needsCilium);
  const common = flows.filter((flow) => !needsCilium(flow));
  if (own.length > 0 && enforcer !== "cilium")
    throw new Fault(`${policy.namespace}/${policy.name} has a flow that only Cilium can allow`);
  return {
    ...(common.length > 0 && { [policy.name]: kubernetesNetworkPolicy({ ...policy, flows: common }) }),
    ...(own.length > 0 && { [`${policy.name}-cilium`]: ciliumNetworkPolicy({ ...policy, flows: own }) }),
  };
}
