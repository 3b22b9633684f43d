import type { NeedEnd } from "../needs/need";
import { formatAddress, parsePrefix } from "../policy/addresses";
import type { Peer } from "../policy/peers";
import { rangesOf, samplesOf } from "../policy/ranges";
import type { VpcPlace } from "../vpc/places";
import { farPlaces } from "./far-places";
import type { ReachWorld } from "./reach-world";

/** Link-local address of the agent's own on each node (EKS User Guide, "How EKS Pod Identity works"). */
export const POD_IDENTITY_AGENT = "169.254.170.23";

/** VPC User Guide, "Amazon DNS server"; EC2 User Guide, "Instance metadata" and "Amazon Time Sync Service". */
const VPC_ADDRESSES = {
  resolver: "169.254.169.253",
  imds: "169.254.169.254",
  time: "169.254.169.123",
} as const;

/** An address of documentation (RFC 5737): nobody declares it. */
const INTERNET = "198.51.100.7";

/** Who an end is to policies: each kind of address that it may have. */
export function peersOf(end: NeedEnd, world: ReachWorld): Peer[] {
  const { cluster, controlPlane, loadBalancers } = world;
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
    case "vpc-service":
      return [{ kind: "address", address: VPC_ADDRESSES[end.service] }];
    case "endpoint":
    case "resolver-endpoint":
    case "proxy":
      return farPlaces(end, world.network).flatMap((place) => addressesOf(place, world));
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

/** One in each subnet of interfaces, past those that AWS keeps. */
function addressesOf(place: VpcPlace, { network }: ReachWorld): Peer[] {
  if (place.kind === "range") return [{ kind: "address", address: place.range.replace(/\/\d+$/, "") }];
  if (!("subnets" in place) || network === undefined) return [];
  return place.subnets.flatMap((key) =>
    (network.vpc.network.subnets.get(key)?.ranges ?? []).flatMap((range): Peer[] => {
      if (range.kind !== "prefix" || range.prefix.base.family !== 4) return [];
      const { base } = range.prefix;
      return [{ kind: "address", address: formatAddress({ ...base, value: base.value + 5n }) }];
    }),
  );
}
