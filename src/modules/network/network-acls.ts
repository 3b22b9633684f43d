import { NetworkAcl } from "@cdktf/provider-aws/lib/network-acl";
import { Construct } from "constructs";
import type { Rule, RuleSet } from "../../network-acls/rules";

export interface SubnetAcl {
  readonly rules: RuleSet;
  readonly subnetIds: readonly string[];
}

export interface NetworkAclsProps {
  readonly name: string;
  readonly vpcId: string;
  /** By a name that becomes part of addresses. */
  readonly acls: Readonly<Record<string, SubnetAcl>>;
}

/** IANA protocol numbers; -1 is AWS's for all. */
const PROTOCOL_NUMBERS = { all: "-1", tcp: "6", udp: "17", icmp: "1", icmpv6: "58" } as const;

/**
 * Network ACLs of subnets. Their rules are part of the resource: one that somebody adds by hand is drift, which the
 * next plan shows. A subnet leaves the VPC's default ACL, which lets everything pass, only when the rules are there.
 */
export class NetworkAcls extends Construct {
  constructor(scope: Construct, id: string, { name, vpcId, acls }: NetworkAclsProps) {
    super(scope, id);
    for (const [tier, { rules, subnetIds }] of Object.entries(acls)) {
      new NetworkAcl(this, tier, {
        vpcId,
        subnetIds: [...subnetIds],
        ingress: rules.ingress.map(entry),
        egress: rules.egress.map(entry),
        tags: { Name: `${name}-${tier}` },
      });
    }
  }
}

/** Ports where a rule is for all of a protocol, or for one without ports: EC2 wants a number. */
const NO_PORTS = { from: 0, to: 0 };

function entry({ number, action, protocol, range, ports = NO_PORTS, icmpType }: Rule) {
  const { from, to } = ports;
  return {
    ruleNo: number,
    action,
    protocol: PROTOCOL_NUMBERS[protocol],
    ...(range.family === "ipv4" ? { cidrBlock: range.cidr } : { ipv6CidrBlock: range.cidr }),
    fromPort: from,
    toPort: to,
    ...(icmpType !== undefined && { icmpType, icmpCode: -1 }),
  };
}
