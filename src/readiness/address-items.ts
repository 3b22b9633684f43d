import { counted } from "../text/counted";
import { at } from "../values/value";
import {
  brokenRules,
  byDecision,
  capacity,
  chart,
  found,
  lines,
  met,
  notDecidable,
  notMet,
  place,
  type Facts,
  type Item,
} from "./item";

const item = (group: string, asks: string, judge: Item["judge"]) => ({ group, asks, judge });
const VPC = "VPC and subnets";
const CNI = "CNI and addresses";

/** Who gets VPC addresses, and how. */
function usesPrefixes({ target }: Facts): boolean {
  const { cni } = target.config;
  return cni.kind === "cilium-eni"
    ? cni.prefixDelegation
    : "addressMode" in cni && cni.addressMode === "prefix";
}

function isOverlay({ target }: Facts): boolean {
  return target.config.cni.kind === "cilium-overlay";
}

export function cniEvidence(facts: Facts): string[] {
  return [
    chart(facts, "cilium"),
    ...found(facts, "aws_eks_addon", ({ attributes }) => attributes.addon_name === "vpc-cni"),
  ]
    .filter((each) => each !== undefined)
    .map(place);
}

/** The networking checklist's first two groups. */
export const addressItems = [
  item(VPC, "The VPC's range leaves room for growth.", (facts) => {
    const { fits, problems } = capacity(facts);
    const growth = facts.target.config.capacity.growth;
    if (!fits)
      return notMet(
        problems.find(({ severity }) => severity === "error")?.message ?? "does not fit",
        ...lines(facts, "network.vpcCidr"),
      );
    if (growth.percent === undefined && growth.perMonthPercent === undefined)
      return notMet(
        "what is planned fits, but no growth is planned; write capacity.growth",
        ...lines(facts, "network.vpcCidr"),
      );
    return met(
      "what capacity asks for fits, growth included",
      ...lines(facts, "network.vpcCidr", "capacity.growth"),
    );
  }),
  item(VPC, "Nodes have private subnets in two zones or more, in three for production.", (facts) => {
    const { zones } = facts.target.config.network;
    const wanted = facts.target.production ? 3 : 2;
    const nodes = found(facts, "aws_subnet", ({ address }) => address.includes("_nodes-"));
    const says = `${zones.length} zones, ${wanted} wanted`;
    const answer = zones.length >= wanted && nodes.length >= wanted ? met : notMet;
    return (
      brokenRules(facts, "NODE-PUBLIC-SUBNET", "NET-SUBNET-PUBLIC-IP") ??
      answer(says, ...lines(facts, "network.zones"), ...nodes.map(place))
    );
  }),
  item(VPC, "Public subnets are there only for what must be public.", (facts) => {
    const subnets = found(facts, "aws_subnet", ({ address }) => address.includes("_public-"));
    const { egress } = facts.target.config.network;
    if (subnets.length === 0) return met("there are none", ...lines(facts, "network.egress"));
    if (egress.kind === "none")
      return notMet("there are public subnets, but no way out that needs them", ...subnets.map(place));
    return met(
      "for NAT gateways and internet-facing load balancers; no node is in them",
      ...subnets.map(place),
    );
  }),
  item(VPC, "Free addresses are measured in each subnet.", (facts) => {
    const metrics = found(
      facts,
      "aws_vpc",
      ({ attributes }) => attributes.enable_network_address_usage_metrics !== undefined,
    );
    const decision = byDecision(
      facts,
      "capacity-measurement",
      "who looks at free addresses, where and at what level they act",
    );
    return decision.status === "met"
      ? decision
      : notDecidable(
          `the plan fits; the measurement itself is live: ${decision.says}`,
          ...decision.evidence,
          ...metrics.map(place),
        );
  }),
  item(VPC, "Subnets carry the tags that EKS and load balancers look for.", (facts) => {
    const tiers = [
      ["_public-", "kubernetes.io/role/elb"],
      ["_nodes-", "kubernetes.io/role/internal-elb"],
    ] as const;
    const missing = tiers.flatMap(([tier, tag]) =>
      found(
        facts,
        "aws_subnet",
        ({ address, attributes }) => address.includes(tier) && at(attributes, "tags", tag) === undefined,
      ),
    );
    const all = found(facts, "aws_subnet");
    return missing.length > 0 || all.length === 0
      ? notMet("subnets without their tag", ...missing.map(place))
      : met("role tags on all of them", ...all.map(place));
  }),
  item(VPC, "Route tables are managed as code.", (facts) => {
    const tables = found(facts, "aws_route_table");
    return tables.length > 0
      ? met(counted(tables.length, "table"), ...tables.map(place))
      : notMet("there are none");
  }),
  item(VPC, "Network ACLs are understood and let ephemeral ports through.", (facts) => {
    const own = [...found(facts, "aws_network_acl"), ...found(facts, "aws_network_acl_rule")];
    const decision = byDecision(
      facts,
      "network-acls",
      own.length > 0
        ? "network ACLs of your own: what they are for and which return traffic they let through"
        : "the VPC's default ACL lets everything through: whether that is meant",
    );
    return { ...decision, evidence: [...decision.evidence, ...own.slice(0, 3).map(place)] };
  }),
  item(VPC, "The way out, by NAT or firewall, is designed.", (facts) => {
    const { egress, zones } = facts.target.config.network;
    const gateways = found(facts, "aws_nat_gateway");
    const evidence = [...lines(facts, "network.egress"), ...gateways.map(place)];
    if (egress.kind === "nat-single" && facts.target.production)
      return notMet("one NAT gateway for all zones", ...evidence);
    if (egress.kind === "nat-per-zone" && gateways.length < zones.length)
      return notMet(`${gateways.length} NAT gateways for ${zones.length} zones`, ...evidence);
    return met(`egress ${egress.kind}`, ...evidence);
  }),
  item(VPC, "AWS services that must be reached privately have VPC endpoints.", (facts) => {
    const endpoints = found(facts, "aws_vpc_endpoint");
    const { set } = facts.target.config.network.endpoints;
    const isolated = facts.target.config.network.egress.kind === "none";
    if (endpoints.length === 0 || (isolated && set !== "isolated"))
      return notMet(`endpoint set ${set}`, ...lines(facts, "network.endpoints"));
    return (
      brokenRules(facts, "NET-ENDPOINT-PRIVATE-DNS") ??
      met(
        `${counted(endpoints.length, "endpoint")}, set ${set}`,
        ...lines(facts, "network.endpoints"),
        ...endpoints.slice(0, 3).map(place),
      )
    );
  }),

  item(CNI, "The CNI has a controlled version.", (facts) => {
    const evidence = cniEvidence(facts);
    if (evidence.length === 0) return notMet("there is no CNI");
    return (
      brokenRules(facts, "EKS-ADDON-PIN", "HELM-VERSION-PIN") ??
      met(`release ${facts.target.release.name}`, ...evidence, ...lines(facts, "release"))
    );
  }),
  item(CNI, "The CNI has rights of its own, and no more than it needs.", (facts) => {
    if (isOverlay(facts)) return met("in overlay mode it calls no AWS API", ...cniEvidence(facts));
    const identities = found(facts, "module", ({ address }) => /cilium|vpc-cni/.test(address));
    if (identities.length === 0) return notMet("has no identity of its own", ...cniEvidence(facts));
    return (
      brokenRules(facts, "IAM-NODE-CNI-POLICY", "IAM-ACTION-WILDCARD") ??
      met("by Pod Identity, not by the node's role", ...identities.map(place))
    );
  }),
  item(CNI, "How many addresses nodes keep warm is written down.", (facts) => {
    if (isOverlay(facts)) return met("in overlay mode nodes keep no VPC addresses", ...lines(facts, "cni"));
    return byDecision(
      facts,
      "cni-warm-addresses",
      "how many free addresses or prefixes a node keeps, and why",
    );
  }),
  item(CNI, "Whether ENIs get prefixes is written down.", (facts) => {
    if (isOverlay(facts)) return met("in overlay mode there are none", ...lines(facts, "cni"));
    return byDecision(
      facts,
      "cni-prefixes",
      `prefixes are ${usesPrefixes(facts) ? "on" : "off"}: whether that is meant`,
    );
  }),
  item(CNI, "How many pods a node takes is known for each node group.", (facts) => {
    const groups = Object.entries(facts.target.config.nodes);
    const byAmi = groups
      .filter(([, { maxPods }]) => maxPods === "ami-default")
      .map(([name]) => `nodes.${name}.maxPods`);
    const wrong = capacity(facts).problems.find(
      ({ code }) => code === "kubelet-default" || code === "density-too-low",
    );
    if (byAmi.length > 0) return notMet("left to the AMI", ...lines(facts, ...byAmi));
    if (wrong !== undefined)
      return notMet(wrong.message, ...lines(facts, ...groups.map(([name]) => `nodes.${name}`)));
    return met("set in every group's user data", ...found(facts, "aws_launch_template").map(place));
  }),
  item(CNI, "Instance types have ENIs and addresses enough for the pods.", (facts) => {
    const wrong = capacity(facts).problems.find(
      ({ code, severity }) => ["density-too-low", "mode-impossible"].includes(code) && severity === "error",
    );
    const settings = Object.keys(facts.target.config.nodes).map((name) => `nodes.${name}.instanceTypes`);
    return wrong === undefined
      ? met("every type takes the pods that are planned for it", ...lines(facts, ...settings))
      : notMet(wrong.message, ...lines(facts, ...settings));
  }),
  item(CNI, "Fragmentation of subnets was considered before prefixes were turned on.", (facts) => {
    if (!usesPrefixes(facts)) return met("no prefixes are taken from subnets", ...lines(facts, "cni"));
    const reservations = found(facts, "aws_ec2_subnet_cidr_reservation");
    if (reservations.length > 0) return met("room for prefixes is reserved", ...reservations.map(place));
    return byDecision(
      facts,
      "subnet-fragmentation",
      "prefixes need whole /28 blocks: reserve them (reservePrefixes), or write down why not",
    );
  }),
  item(CNI, "Whether to use custom networking or IPv6 is written down.", (facts) => {
    const { pods } = facts.target.config.network.subnets;
    if (pods !== undefined)
      return met("pods have subnets of their own", ...lines(facts, "network.subnets.pods"));
    if (isOverlay(facts)) return met("pods have a range of their own", ...lines(facts, "cni.podCidr"));
    return byDecision(facts, "custom-networking", "pods share the nodes' subnets: whether that is meant");
  }),
];
