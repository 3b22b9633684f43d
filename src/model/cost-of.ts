import { poolsOf } from "./karpenter-pools";
import { assumptionsWith } from "../cost/assumptions";
import type { CostInput, CostNodes } from "../cost/cost-input";
import { supportEnd } from "../facts/eks-calendar";
import { dataAsOf } from "../facts/as-of";
import { interfaceServices } from "../facts/endpoint-services";
import { poolInstanceTypes } from "./pool-instance-types";
import type { NodeGroupConfig } from "../config/schema/nodes";
import type { Target } from "./target";

/** Volume of the system beside the data volume, in GiB (modules/nodes/managed-node-group.ts). */
const BOTTLEROCKET_SYSTEM_GIB = 4;

/** Interface endpoints of the two sets that scenarios compare. */
export const endpointSetSizes = {
  standard: interfaceServices("standard").length,
  isolated: interfaceServices("isolated").length,
} as const;

/**
 * What a target has that costs money.
 *
 * @param asOf day for which extended support is decided, `YYYY-MM-DD`
 */
export function costOf(target: Target, asOf: string = dataAsOf): CostInput {
  const { config, name, region, release, peers, capacity } = target;
  const { network, nodes, cost } = config;
  const { egress, endpoints, dns, flowLogs } = network;
  const zones = target.zones.inUse.length;
  const { instances, ...prices } = cost.prices;
  const support = supportOf(release.kubernetes.version, asOf);
  return {
    target: name,
    region,
    zones,
    support: support.kind,
    nodes: Object.entries(nodes).map(([group, each]) => groupNodes(group, each)),
    pools: Object.entries(poolsOf(config)).map(([pool, each]) => ({
      name: pool,
      instanceTypes: poolInstanceTypes(each),
      cpuLimit: each.limits.cpus,
      capacity: each.capacity,
    })),
    natGateways: target.natZones.length,
    interfaceEndpoints: interfaceServices(endpoints.set, endpoints.additional).length,
    firewallEndpoints: egress.kind === "firewall" ? target.zones.kept.length : 0,
    // One VPC is attached to a gateway once, whatever leads through it.
    transitGatewayAttachments: target.transitGateways.size,
    // Each endpoint has an interface in every zone (modules/network/resolver-endpoints.ts).
    resolverInterfaces:
      zones * ((Object.keys(dns.forward).length > 0 ? 1 : 0) + (dns.resolverInbound ? 1 : 0)),
    remotePeers: peers.filter((peer) => peer.region !== region).length,
    loadBalancers: { internal: capacity.loadBalancers, public: capacity.publicLoadBalancers },
    flowLogs: flowLogs.kind,
    given: { prices, instances, source: cost.source, asOf: cost.asOf, listed: target.listedPrices },
    assumptions: assumptionsWith(cost.assumptions),
    notes: [
      support.note,
      ...volumeNotes(nodes),
      ...(capacity.assumptions ?? []).map((each) => `${each} (capacity.loadBalancers)`),
    ],
  };
}

/** Volumes are priced by their size as gp3 of today's baseline. */
function volumeNotes(nodes: Readonly<Record<string, NodeGroupConfig>>): string[] {
  const named = Object.entries(nodes).flatMap(([name, { rootVolume }]) =>
    rootVolume === undefined ? [] : [`nodes.${name}.rootVolume`],
  );
  return named.length === 0
    ? []
    : [`IOPS, throughput and the dearer GiB of io2 are not in the figures (${named.join(", ")})`];
}

function groupNodes(name: string, group: NodeGroupConfig): CostNodes {
  const { instanceTypes, size, capacity, ami, rootVolumeGiB } = group;
  return {
    name,
    instanceTypes,
    size: { min: size.min, expected: size.desired ?? size.min, max: size.max },
    capacity,
    volumesGiB: rootVolumeGiB + (ami === "bottlerocket" ? BOTTLEROCKET_SYSTEM_GIB : 0),
  };
}

function supportOf(
  minor: string,
  asOf: string,
): { readonly kind: "standard" | "extended"; readonly note: string } {
  const end = supportEnd(minor, asOf);
  if (end === undefined) {
    return { kind: "standard", note: `support dates of Kubernetes ${minor} are not known here` };
  }
  return end.standardEnded
    ? { kind: "extended", note: `Kubernetes ${minor} is in extended support on ${asOf}` }
    : { kind: "standard", note: `Kubernetes ${minor} has standard support until ${end.standard}` };
}
