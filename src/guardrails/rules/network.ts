import { ofType, type Resource } from "../resource";
import { expectThat, type Rule, rule, show, undecided, violation } from "../rule";
import {
  at,
  entries,
  isAbsent,
  isFalse,
  isTrue,
  isUnknown,
  items,
  text,
  texts,
  toNumber,
} from "../../values/value";

const SG_DOCS = "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html";
const BEST_PRACTICES = "https://docs.aws.amazon.com/eks/latest/best-practices/subnets.html";

const WORLD = ["0.0.0.0/0", "::/0"];
/** Ports of shells and remote desktops: SSH, RDP. */
const ADMIN_PORTS = [22, 3389];

function isIngress({ attributes }: Resource): boolean {
  return attributes.direction === "ingress";
}

function opensTo(resource: Resource): string[] {
  return texts(resource.attributes.cidrs);
}

function coversPort({ attributes }: Resource, port: number): boolean {
  if (["-1", "all"].includes(text(attributes.protocol))) return true;
  const [from, to] = [toNumber(attributes.fromPort), toNumber(attributes.toPort)];
  return from !== undefined && to !== undefined && from <= port && port <= to;
}

export const networkRules: readonly Rule[] = [
  rule({
    id: "NET-SG-WORLD-INGRESS",
    area: "network",
    severity: "error",
    what: "No security group admits the whole internet.",
    why: "Whatever listens behind it is found and tried within minutes, whether or not it was meant to be public.",
    remedy:
      "Name the ranges or the security group of the callers; put a load balancer in front of what is public.",
    reference: SG_DOCS,
    types: ["sg-rule"],
    check: (resource) => {
      if (!isIngress(resource)) return [];
      if (isUnknown(resource.attributes.cidrs)) return [undecided("the ranges are known after apply")];
      const open = opensTo(resource).filter((cidr) => WORLD.includes(cidr));
      return open.map((cidr) => violation(`admits ${cidr} to ports ${ports(resource)}`));
    },
  }),
  rule({
    id: "NET-SG-ADMIN-PORT",
    area: "network",
    severity: "error",
    what: "No address range reaches SSH or RDP.",
    why: "Nodes are entered by Session Manager, which needs no open port and records who did what.",
    remedy: "Remove the rule and use Session Manager.",
    reference: "https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager.html",
    types: ["sg-rule"],
    check: (resource) => {
      if (!isIngress(resource) || opensTo(resource).length === 0) return [];
      const open = ADMIN_PORTS.filter((port) => coversPort(resource, port));
      return open.map((port) => violation(`admits ${opensTo(resource).join(", ")} to port ${port}`));
    },
  }),
  rule({
    id: "NET-SG-ALL-PORTS",
    area: "network",
    severity: "warning",
    what: "A range of addresses is admitted to named ports, not to all of them.",
    why: "Otherwise every port that something opens later is reachable without anybody having decided so.",
    remedy: "Write the ports that are needed.",
    reference: SG_DOCS,
    types: ["sg-rule"],
    check: (resource) => {
      const all = ["-1", "all"].includes(text(resource.attributes.protocol));
      if (!isIngress(resource) || !all || opensTo(resource).length === 0) return [];
      return [violation(`admits ${opensTo(resource).join(", ")} to all ports`)];
    },
  }),
  rule({
    id: "NET-SG-DESCRIPTION",
    area: "network",
    severity: "warning",
    what: "Every rule of a security group says what it is for.",
    why: "Nobody dares remove a rule whose purpose is forgotten.",
    remedy: "Write a description.",
    reference: SG_DOCS,
    types: ["sg-rule"],
    check: ({ attributes }) => (isAbsent(attributes.description) ? [violation("has no description")] : []),
  }),
  rule({
    id: "NET-DEFAULT-SG-CLOSED",
    area: "network",
    severity: "error",
    what: "A VPC's default security group has no rule.",
    why: "Whatever names no group gets this one, and by default all its members reach each other.",
    remedy: "Manage the default group with empty ingress and egress.",
    reference: "https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html",
    types: ["aws_vpc", "aws_default_security_group"],
    check: (resource, inventory) => {
      const { type, attributes } = resource;
      if (type === "aws_default_security_group")
        return ["ingress", "egress"].flatMap((direction) => {
          const rules = attributes[direction];
          if (isUnknown(rules)) return [undecided(`${direction} is known after apply`)];
          return isAbsent(rules) ? [] : [violation(`has ${items(rules).length} ${direction} rules`)];
        });
      const managed = ofType(inventory, "aws_default_security_group").some(
        ({ stack }) => stack === resource.stack,
      );
      const byModule = ofType(inventory, "module").some(
        (call) =>
          resource.address.startsWith(`${call.address}.`) &&
          !isFalse(call.attributes.manage_default_security_group),
      );
      return managed || byModule
        ? []
        : [violation("leaves its default security group as AWS makes it, open to itself")];
    },
  }),
  rule({
    id: "NET-FLOW-LOGS",
    area: "network",
    severity: "error",
    what: "Every VPC has flow logs.",
    why: "Without them nobody can say what talked with what when something went wrong.",
    remedy: "Set network.flowLogs to cloudwatch.",
    reference: "https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html",
    types: ["aws_vpc"],
    setting: "network.flowLogs",
    check: (resource, inventory) =>
      ofType(inventory, "aws_flow_log").some(({ stack }) => stack === resource.stack)
        ? []
        : [violation("has no flow log")],
  }),
  rule({
    id: "NET-FLOW-LOGS-ALL",
    area: "network",
    severity: "warning",
    what: "Flow logs hold accepted and rejected traffic.",
    why: "Rejected traffic alone doesn't show what got out; accepted alone doesn't show who tries.",
    remedy: "Set the traffic type to ALL.",
    reference: "https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html",
    types: ["aws_flow_log"],
    setting: "network.flowLogs",
    check: (resource) =>
      expectThat(
        resource,
        ["traffic_type"],
        (type) => type === "ALL",
        (type) => `records ${show(type)} only`,
      ),
  }),
  rule({
    id: "NET-SUBNET-PUBLIC-IP",
    area: "network",
    severity: "error",
    what: "Subnets give no public addresses to what starts in them.",
    why: "A node with a public address is one security group rule away from the internet.",
    remedy: "Set map_public_ip_on_launch to false.",
    reference: BEST_PRACTICES,
    types: ["aws_subnet"],
    setting: "network.subnets",
    check: (resource) =>
      expectThat(
        resource,
        ["map_public_ip_on_launch"],
        (on) => !isTrue(on),
        () => "gives public addresses at launch",
      ),
  }),
  rule({
    id: "NET-VPC-DNS",
    area: "network",
    severity: "error",
    what: "The VPC has DNS support and DNS host names.",
    why: "The private endpoint of the cluster and every private VPC endpoint are found by them; nodes can't join without them.",
    remedy: "Turn on enable_dns_support and enable_dns_hostnames.",
    reference: "https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html",
    types: ["aws_vpc"],
    check: (resource) => [
      // Support is on where nothing is said, host names are off.
      ...expectThat(
        resource,
        ["enable_dns_support"],
        (on) => !isFalse(on),
        () => "has no DNS support",
      ),
      ...expectThat(resource, ["enable_dns_hostnames"], isTrue, () => "has no DNS host names"),
    ],
  }),
  rule({
    id: "NET-ENDPOINT-PRIVATE-DNS",
    area: "network",
    severity: "warning",
    what: "Interface endpoints answer for the service's own name.",
    why: "Otherwise SDKs and nodes keep calling the public address, over NAT or in vain.",
    remedy: "Set private_dns_enabled to true.",
    reference: "https://docs.aws.amazon.com/vpc/latest/privatelink/manage-dns-names.html",
    types: ["aws_vpc_endpoint"],
    setting: "network.endpoints",
    check: (resource) =>
      resource.attributes.vpc_endpoint_type === "Interface"
        ? expectThat(resource, ["private_dns_enabled"], isTrue, () => "has no private DNS name")
        : [],
  }),
  rule({
    id: "NET-ENDPOINT-POLICY-WORLD",
    area: "network",
    severity: "warning",
    what: "A policy that somebody wrote for a VPC endpoint admits no strangers.",
    why: "The endpoint is a way out of the network that no firewall sees: data can leave to anybody's bucket.",
    remedy: "Limit by aws:PrincipalAccount, aws:ResourceAccount or by ARN.",
    reference: "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html",
    types: ["policy-statement"],
    setting: "network.endpoints",
    check: ({ attributes }) => {
      if (attributes.holder !== "endpoint" || attributes.effect !== "Allow") return [];
      if (isUnknown(attributes.principals)) return [undecided("the principals are known after apply")];
      const open = texts(attributes.principals).some((each) => each === "*" || each === "AWS:*");
      const limited = entries(attributes.conditions).length > 0;
      const everywhere = texts(attributes.resources).includes("*");
      return open && everywhere && !limited ? [violation("allows everybody everything")] : [];
    },
  }),
  rule({
    id: "NET-NACL-ADMIN-PORT",
    area: "network",
    severity: "warning",
    what: "No network ACL admits the internet to SSH or RDP.",
    why: "A network ACL is the second wall behind security groups, and has to hold when one of those is wrong.",
    remedy: "Remove the entry or name a range.",
    reference: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html",
    types: ["aws_network_acl_rule"],
    check: ({ attributes }) => {
      const open = [attributes.cidr_block, attributes.ipv6_cidr_block].some((cidr) =>
        WORLD.includes(text(cidr)),
      );
      if (attributes.rule_action !== "allow" || isTrue(attributes.egress) || !open) return [];
      const [from, to] = [toNumber(attributes.from_port), toNumber(attributes.to_port)];
      const hit = ADMIN_PORTS.filter(
        (port) => from !== undefined && to !== undefined && from <= port && port <= to,
      );
      return hit.map((port) => violation(`admits the internet to port ${port}`));
    },
  }),
  rule({
    id: "NET-LISTENER-TLS",
    area: "network",
    severity: "error",
    what: "A load balancer's listener is encrypted, or redirects to one that is.",
    why: "Otherwise anybody on the way can read cookies and tokens.",
    remedy: "Use HTTPS or TLS with a certificate, and redirect port 80.",
    reference:
      "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html",
    types: ["aws_lb_listener"],
    check: (resource) =>
      at(resource.attributes, "default_action", "type") === "redirect"
        ? []
        : expectThat(
            resource,
            ["protocol"],
            (protocol) => protocol !== "HTTP",
            () => "listens in plain HTTP",
          ),
  }),
];

function ports({ attributes }: Resource): string {
  if (["-1", "all"].includes(text(attributes.protocol))) return "all";
  const [from, to] = [show(attributes.fromPort), show(attributes.toPort)];
  return from === to ? from : `${from}-${to}`;
}
