import { Route53ResolverEndpoint } from "@cdktf/provider-aws/lib/route53-resolver-endpoint";
import { Route53ResolverRule } from "@cdktf/provider-aws/lib/route53-resolver-rule";
import { Route53ResolverRuleAssociation } from "@cdktf/provider-aws/lib/route53-resolver-rule-association";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";

interface ResolverEndpointProps {
  readonly name: string;
  readonly vpcId: string;
  /** One for each zone; AWS asks for two at least, and each takes an address. */
  readonly subnetIds: readonly string[];
}

export interface ResolverOutboundProps extends ResolverEndpointProps {
  /** Servers to ask, by domain. */
  readonly forward: Readonly<Record<string, readonly string[]>>;
}

/** The VPC's resolver asks other name servers for some domains. */
export class ResolverOutbound extends Construct {
  constructor(scope: Construct, id: string, props: ResolverOutboundProps) {
    super(scope, id);
    const { name, vpcId, forward } = props;
    const group = endpointGroup(this, props, "out", "DNS from the VPC to the servers that it forwards to");
    for (const server of [...new Set(Object.values(forward).flat())].sort()) {
      for (const ipProtocol of DNS_PROTOCOLS) {
        new VpcSecurityGroupEgressRule(this, `${ipProtocol}-${server.replaceAll(".", "-")}`, {
          securityGroupId: group.id,
          description: "DNS",
          cidrIpv4: `${server}/32`,
          ipProtocol,
          fromPort: 53,
          toPort: 53,
        });
      }
    }
    const endpoint = resolverEndpoint(this, props, "OUTBOUND", group);
    for (const [domain, servers] of Object.entries(forward).sort(([a], [b]) => (a < b ? -1 : 1))) {
      const address = domain.replaceAll(".", "_");
      const rule = new Route53ResolverRule(this, `rule-${address}`, {
        domainName: domain,
        ruleType: "FORWARD",
        resolverEndpointId: endpoint.id,
        targetIp: servers.map((ip) => ({ ip, port: 53 })),
        tags: { Name: `${name}-${domain}` },
      });
      new Route53ResolverRuleAssociation(this, `association-${address}`, {
        resolverRuleId: rule.id,
        vpcId,
      });
    }
  }
}

export interface ResolverInboundProps extends ResolverEndpointProps {
  /** Ranges of the servers that may ask. */
  readonly clientCidrs: readonly string[];
}

/** Name servers elsewhere ask the VPC's resolver, for private zones and names of endpoints. */
export class ResolverInbound extends Construct {
  /** Addresses to forward to. */
  readonly addresses: string;

  constructor(scope: Construct, id: string, props: ResolverInboundProps) {
    super(scope, id);
    const group = endpointGroup(this, props, "in", "DNS from connected networks to the resolver of the VPC");
    for (const cidrIpv4 of [...props.clientCidrs].sort()) {
      for (const ipProtocol of DNS_PROTOCOLS) {
        new VpcSecurityGroupIngressRule(this, `${ipProtocol}-${cidrIpv4.replace(/[./]/g, "-")}`, {
          securityGroupId: group.id,
          description: "DNS",
          cidrIpv4,
          ipProtocol,
          fromPort: 53,
          toPort: 53,
        });
      }
    }
    const endpoint = resolverEndpoint(this, props, "INBOUND", group);
    // A set: sorted, so that the output is the same in every plan.
    this.addresses = `\${sort([for each in ${endpoint.fqn}.ip_address : each.ip])}`;
  }
}

/** Large answers come by TCP. */
const DNS_PROTOCOLS = ["tcp", "udp"] as const;

function endpointGroup(
  scope: Construct,
  { name, vpcId }: ResolverEndpointProps,
  direction: "in" | "out",
  description: string,
): SecurityGroup {
  const groupName = `${name}-resolver-${direction}`;
  return new SecurityGroup(scope, "security-group", {
    name: groupName,
    description,
    vpcId,
    tags: { Name: groupName },
  });
}

function resolverEndpoint(
  scope: Construct,
  { name, subnetIds }: ResolverEndpointProps,
  direction: "INBOUND" | "OUTBOUND",
  group: SecurityGroup,
): Route53ResolverEndpoint {
  return new Route53ResolverEndpoint(scope, "endpoint", {
    name: `${name}-${direction.toLowerCase()}`,
    direction,
    protocols: ["Do53"],
    securityGroupIds: [group.id],
    ipAddress: subnetIds.map((subnetId) => ({ subnetId })),
    tags: { Name: `${name}-${direction.toLowerCase()}` },
  });
}
