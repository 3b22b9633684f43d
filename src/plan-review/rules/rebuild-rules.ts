import { counted, listed, type Phrase, say, words } from "../model/phrase";
import { field, text } from "../../terraform-plan/json";
import type { PlannedChange } from "../read/plan";
import { finding, isLost, type Rule } from "./rule";
import { nameOf, sameTarget, type Surroundings, tagName } from "./surroundings";

/**
 * Another range of a VPC is another VPC: there is no call that changes its first range (EC2 API: ModifyVpcAttribute has none;
 * the provider's cidr_block forces a replacement). So it is a rebuild whatever the plan calls it.
 */
export const rebuildRule: Rule = (change, around) => {
  if (change.type !== "aws_vpc") return [];
  const [from, to] = [change.before, change.after].map((values) => text(field(values, "cidr_block")));
  const moved = change.action === "update" && from !== undefined && to !== undefined && from !== to;
  if (!moved && !isLost(change)) return [];
  const name = tagName(change);
  const step = from !== undefined && to !== undefined && from !== to ? say` from ${from} to ${to}` : [];
  const what =
    change.action === "delete"
      ? say`deletes the VPC ${name}`
      : say`rebuilds the platform: replaces the VPC ${name}${step}`;
  return [finding("NET-REBUILD", what, { details: livesIn(change, around) })];
};

const TENANTS: readonly (readonly [type: string, noun: string])[] = [
  ["aws_lb", "load balancer"],
  ["aws_nat_gateway", "NAT gateway"],
  ["aws_vpc_endpoint", "VPC endpoint"],
  ["aws_ec2_transit_gateway_vpc_attachment", "transit gateway attachment"],
  ["aws_networkfirewall_firewall", "firewall"],
];

/** What has to go before the VPC can: of what is in the plans, and what controllers made beside it. */
function livesIn(vpc: PlannedChange, around: Surroundings): Phrase[] {
  const here = (type: string) =>
    around.changesOf(type).filter((each) => each.action !== "create" && sameTarget(vpc, each));
  const clusters = here("aws_eks_cluster").map((each) => nameOf(each));
  const groups = around.groupsBeside(vpc);
  const nodes = around.nodesBeside(vpc);
  const counts = TENANTS.map(([type, noun]) => [here(type).length, noun] as const).filter(
    ([count]) => count > 0,
  );
  const peers = here("aws_vpc_peering_connection").map(peerOf);
  return [
    clusters.length > 0
      ? say`in it lives the cluster ${listed(clusters)}, with all Kubernetes objects and volumes`
      : words("the cluster's plan is not here: give the plans of all stacks to see what lives in it"),
    ...(groups.length > 0 && nodes !== undefined
      ? [
          say`${counted(nodes, "node")} in ${counted(groups.length, "node group")}, and all pods; Karpenter's nodes come on top`,
        ]
      : []),
    ...(counts.length > 0 ? [inOneLine(counts)] : []),
    ...(peers.length > 0
      ? [say`peered with ${listed(peers)}, whose routes and rules name the old range`]
      : []),
    words(
      "load balancers and volumes that controllers made are in no plan, and keep the VPC from being deleted",
    ),
  ];
}

function inOneLine(counts: readonly (readonly [number, string])[]): Phrase {
  return counts.flatMap(([count, noun], index): Phrase => [index === 0 ? "" : ", ", ...counted(count, noun)]);
}

function peerOf(change: PlannedChange): string {
  return text(field(change.before, "peer_vpc_id")) ?? tagName(change);
}
