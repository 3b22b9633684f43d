import type { EgressSettings } from "../../model/settings";
import { isUnregulated } from "../../model/egress";
import { wayOf } from "../../model/routed-ranges";
import { controlPlaneTier } from "../../model/subnets";
import type { Target } from "../../model/target";
import type { Diagram, DiagramEdge, DiagramNode } from "../../diagram/diagram";
import { interfaceServices } from "../../facts/endpoint-services";
import { capacityReport } from "../../ip-capacity/capacity-report";
import { formatCidr } from "../../ip-capacity/cidr";
import type { SubnetTier } from "../../ip-capacity/subnet-layout";

const tierNames: Readonly<Record<SubnetTier, string>> = {
  public: "public",
  transitGateway: "transit gateway",
  firewall: "firewall",
  nodes: "nodes",
  pods: "pods",
  controlPlane: "control plane",
};
/** From the edge of the VPC inwards. */
const tiers = Object.keys(tierNames) as SubnetTier[];

/** What is in a subnet: the control plane's interfaces beside others, where they share it. */
function tierLabel(tier: SubnetTier, zone: string, { config, zones }: Target): string {
  const shared = tier !== "controlPlane" && controlPlaneTier(config.network) === tier;
  return shared && zones.controlPlane.includes(zone)
    ? `${tierNames[tier]}, ${tierNames.controlPlane}`
    : tierNames[tier];
}

/** Zones, subnets with their fill levels, the default routes, and what the VPC is connected with. */
export function networkDiagram(target: Target): Diagram {
  const { network } = target.config;
  const subnets = target.subnets;
  const zones = [...new Set(network.zones)].sort();
  const there = tiers.filter((tier) => subnets.has(tier));
  const fills = fillLevels(target);
  const outside = outsideNodes(target);
  const endpoints = endpointsNode(target, zones.length, there.length + 1);

  const nodes = there.flatMap((tier, index) =>
    zones.flatMap((zone, column): DiagramNode[] => {
      const cidr = subnets.get(tier)?.get(zone);
      if (cidr === undefined) return [];
      const fill = fills.get(`${tier}/${zone}`);
      return [
        {
          id: `${tier}/${zone}`,
          lines: [tierLabel(tier, zone, target), formatCidr(cidr), ...remarks(tier, zone, target)],
          at: { row: index + 1, column },
          ...(fill === undefined ? {} : { fill }),
        },
      ];
    }),
  );
  return {
    title: `Network of ${target.name}: VPC ${formatCidr(network.vpcCidr)}`,
    description:
      `${zones.length} zones (${zones.join(", ")}) with subnets for ${there.map((tier) => tierNames[tier]).join(", ")}.` +
      ` ${egressText(network.egress)}`,
    nodes: [...outside, ...nodes, endpoints],
    groups: zones.map((zone) => ({
      id: zone,
      label: zone,
      nodes: nodes.map(({ id }) => id).filter((id) => id.endsWith(`/${zone}`)),
    })),
    edges: defaultRoutes(target, zones),
  };
}

/** Share of the addresses that the demand takes, by tier and zone; only where a demand is known. */
function fillLevels(target: Target): ReadonlyMap<string, number> {
  const { zones } = capacityReport(target.capacity);
  return new Map(
    zones.flatMap(({ zone, subnets }) =>
      subnets.map(({ subnet, need, usable }) => [`${subnet}/${zone}`, need / usable] as const),
    ),
  );
}

function remarks(tier: SubnetTier, zone: string, { natZones }: Target): readonly string[] {
  if (tier === "public") return natZones.includes(zone) ? ["NAT gateway"] : [];
  return tier === "firewall" ? ["AWS Network Firewall endpoint"] : [];
}

const EGRESS_ONLY = "egress-only";

function outsideNodes(target: Target): readonly DiagramNode[] {
  const { config, peers } = target;
  const { network } = config;
  const { egress, connections } = network;
  const nodes: DiagramNode[] = [];
  if (target.subnets.has("public")) {
    nodes.push({ id: "internet", lines: ["Internet", "internet gateway"] });
  }
  if (leavesByIpv6(target)) {
    nodes.push({ id: EGRESS_ONLY, lines: ["Internet, outwards only", "egress-only gateway, IPv6"] });
  }
  if (egress.kind === "transit-gateway") {
    nodes.push({ id: "egress", lines: ["Central egress VPC", egress.transitGatewayId] });
  }
  if (egress.kind === "proxy") nodes.push({ id: "egress", lines: ["HTTP proxy", egress.httpsProxy] });
  if (connections.onPremises !== undefined) {
    const { cidrs, via } = connections.onPremises;
    const way = wayOf(via);
    nodes.push({
      id: "on-premises",
      lines: [
        "On premises",
        cidrs.map(formatCidr).join(", "),
        "id" in way ? way.id : "routes made elsewhere",
      ],
    });
  }
  for (const peer of peers) {
    nodes.push({
      id: `peer/${peer.name}`,
      lines: [`Peer ${peer.name}`, formatCidr(peer.config.network.vpcCidr), connections.peersVia],
    });
  }
  // The first is as wide as the others leave it room.
  const span = Math.max(1, network.zones.length - nodes.length + 1);
  return nodes.map((node, index) => ({
    ...node,
    at: index === 0 ? { row: 0, column: 0, span } : { row: 0, column: index + span - 1 },
  }));
}

function endpointsNode({ config }: Target, zones: number, row: number): DiagramNode {
  const { set, additional } = config.network.endpoints;
  const services = interfaceServices(set, additional);
  return {
    id: "endpoints",
    lines: [
      `VPC endpoints: S3 gateway${services.length > 0 ? `, ${services.length} interface endpoints in each zone` : ""}`,
      ...(services.length > 0 ? [services.join(" ")] : []),
    ],
    at: { row, column: 0, span: zones },
  };
}

/** The default routes of every subnet that has one: those of public subnets, and those of nodes and pods, which share a table. */
function defaultRoutes(target: Target, zones: readonly string[]): readonly DiagramEdge[] {
  const subnets = target.subnets;
  const has = (tier: SubnetTier, zone: string) => subnets.get(tier)?.has(zone) === true;
  return zones.flatMap((zone): DiagramEdge[] => [
    ...(["nodes", "pods"] as const)
      .filter((tier) => has(tier, zone))
      .flatMap((tier) => waysOut(`${tier}/${zone}`, zone, target)),
    ...(has("firewall", zone) ? [{ from: `firewall/${zone}`, to: `public/${zone}`, label: IPV4 }] : []),
    ...(has("public", zone) ? [{ from: `public/${zone}`, to: "internet" }] : []),
  ]);
}

const IPV4 = "0.0.0.0/0";

function waysOut(from: string, zone: string, target: Target): DiagramEdge[] {
  const { egress } = target.config.network;
  const [firstNat = ""] = target.natZones;
  const byIpv6 = leavesByIpv6(target) ? [{ from, to: EGRESS_ONLY, label: "::/0" }] : [];
  switch (egress.kind) {
    case "nat-per-zone":
      return [{ from, to: `public/${zone}`, label: IPV4 }, ...byIpv6];
    case "nat-single":
      return [{ from, to: `public/${firstNat}`, label: IPV4 }, ...byIpv6];
    case "firewall":
      return [{ from, to: `firewall/${zone}`, label: IPV4 }];
    case "transit-gateway":
      return [{ from, to: "egress", label: IPV4 }];
    case "proxy":
      return [{ from, to: "egress", label: "HTTP CONNECT" }];
    case "none":
      return [];
  }
}

/** Whether nodes and pods leave by IPv6, too: only beside plain NAT (src/modules/network/ipv6-routes.ts). */
function leavesByIpv6({ config: { network } }: Target): boolean {
  return network.ipv6.mode !== "ipv4" && isUnregulated(network.egress);
}

function egressText(egress: EgressSettings): string {
  switch (egress.kind) {
    case "nat-per-zone":
      return "Each zone leaves by its own NAT gateway.";
    case "nat-single":
      return "All zones leave by one NAT gateway.";
    case "firewall":
      return "Each zone leaves through a network firewall and a NAT gateway.";
    case "transit-gateway":
      return "All zones leave through a transit gateway.";
    case "proxy":
      return "There is no default route; requests leave by an HTTP proxy.";
    case "none":
      return "There is no way to the internet.";
  }
}
