import type { NeedEnd } from "../needs/need";
import { parsePrefix } from "../policy/addresses";
import type { Peer } from "../policy/peers";
import { rangesOf, samplesOf } from "../policy/ranges";
import type { ReachWorld } from "./reach-world";

/** Link-local address of the agent's own on each node (EKS User Guide, "How EKS Pod Identity works"). */
export const POD_IDENTITY_AGENT = "169.254.170.23";

/** An address of documentation (RFC 5737): nobody declares it. */
const INTERNET = "198.51.100.7";

/** Who an end is to policies: each kind of address that it may have. */
export function peersOf(end: NeedEnd, { cluster, controlPlane, loadBalancers }: ReachWorld): Peer[] {
  const isCilium = cluster.policies.engine.kind === "cilium";
  switch (end.kind) {
    case "pods":
      return [end.pods];
    case "api-server":
      return controlPlane.map((address) =>
        isCilium ? { kind: "entity", entity: "kube-apiserver", address } : { kind: "address", address },
      );
    case "kubelet":
      return [{ kind: "entity", entity: "host" }];
    case "nodes":
      return [{ kind: "entity", entity: "remote-node" }];
    case "pod-identity-agent":
      return [
        isCilium
          ? { kind: "entity", entity: "host", address: POD_IDENTITY_AGENT }
          : { kind: "address", address: POD_IDENTITY_AGENT },
      ];
    case "load-balancer":
      return loadBalancers[end.scheme].map((address) => ({ kind: "address", address }));
    case "peer":
    case "range": {
      const range = parsePrefix(end.range);
      return range === undefined
        ? [{ kind: "address", address: end.range }]
        : samplesOf(range, rangesOf(cluster.policies.policies)).map((address) => ({
            kind: "address",
            address,
          }));
    }
    case "name":
      return [{ kind: "name", name: end.name }];
    case "internet":
      return [{ kind: "address", address: INTERNET }];
  }
}
