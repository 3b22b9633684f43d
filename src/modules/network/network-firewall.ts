import { NetworkfirewallFirewall } from "@cdktf/provider-aws/lib/networkfirewall-firewall";
import { NetworkfirewallFirewallPolicy } from "@cdktf/provider-aws/lib/networkfirewall-firewall-policy";
import {
  NetworkfirewallRuleGroup,
  type NetworkfirewallRuleGroupRuleGroupRulesSource,
} from "@cdktf/provider-aws/lib/networkfirewall-rule-group";
import { Construct } from "constructs";
import type { KeyOwner } from "../encryption-key";
import { FirewallLogs } from "./firewall-logs";
import { BASE_RULE_CAPACITY, baseRules, DOMAIN_RULE_CAPACITY } from "./firewall-rules";

export interface NetworkFirewallProps {
  readonly name: string;
  readonly region: string;
  readonly vpcId: string;
  readonly owner: KeyOwner;
  /** Subnets of the firewall's endpoints by zone, with nothing else in them. */
  readonly subnetIds: Readonly<Record<string, string>>;
  /** Ranges of the VPC, whose traffic is looked at. */
  readonly vpcCidrBlocks: readonly string[];
  /** Ranges of the public subnets, where load balancers stand. */
  readonly publicCidrBlocks: readonly string[];
  /** What may be called; `.example.com` holds all below it. */
  readonly domains: readonly string[];
  readonly logRetentionDays: number;
  readonly deleteProtection: boolean;
}

/** AWS Network Firewall that lets HTTP and TLS to listed domains pass and stops the rest. */
export class NetworkFirewall extends Construct {
  private readonly firewall: NetworkfirewallFirewall;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: NetworkFirewallProps,
  ) {
    super(scope, id);
    const { name, region, vpcId, owner, subnetIds, deleteProtection } = props;
    this.firewall = new NetworkfirewallFirewall(this, "firewall", {
      name,
      description: `Egress of ${name}`,
      vpcId,
      firewallPolicyArn: this.policy(),
      subnetMapping: Object.entries(subnetIds)
        .sort()
        .map(([, subnetId]) => ({ subnetId })),
      deleteProtection,
      tags: { Name: name },
    });
    new FirewallLogs(this, "logs", {
      name,
      region,
      owner,
      firewallArn: this.firewall.arn,
      retentionDays: props.logRetentionDays,
    });
  }

  /** The endpoint that traffic of a zone goes through. AWS lists endpoints as a set, each with its zone. */
  endpointId(zone: string): string {
    const states = `aws_networkfirewall_firewall.${this.firewall.friendlyUniqueId}.firewall_status[0].sync_states`;
    return `\${one([for state in ${states} : state.attachment[0].endpoint_id if state.availability_zone == "${zone}"])}`;
  }

  private policy(): string {
    const { name, domains } = this.props;
    const base = this.ruleGroup("base", BASE_RULE_CAPACITY, { rulesString: baseRules() });
    const allowed = this.ruleGroup("domains", DOMAIN_RULE_CAPACITY, {
      rulesSourceList: {
        generatedRulesType: "ALLOWLIST",
        targetTypes: ["HTTP_HOST", "TLS_SNI"],
        targets: [...domains].sort(),
      },
    });
    return new NetworkfirewallFirewallPolicy(this, "policy", {
      name,
      firewallPolicy: {
        statelessDefaultActions: ["aws:forward_to_sfe"],
        statelessFragmentDefaultActions: ["aws:forward_to_sfe"],
        statefulEngineOptions: {
          ruleOrder: "STRICT_ORDER",
          // A flow whose start the firewall has not seen, as after a failure, is stopped and not let through.
          streamExceptionPolicy: "DROP",
        },
        // Not drop_strict: the handshake has to pass before a domain can be seen.
        statefulDefaultActions: ["aws:drop_established", "aws:alert_established"],
        statefulRuleGroupReference: [
          { priority: 1, resourceArn: base.arn },
          { priority: 2, resourceArn: allowed.arn },
        ],
      },
      tags: { Name: name },
    }).arn;
  }

  private ruleGroup(
    id: string,
    capacity: number,
    rulesSource: NetworkfirewallRuleGroupRuleGroupRulesSource,
  ): NetworkfirewallRuleGroup {
    const { name, vpcCidrBlocks, publicCidrBlocks } = this.props;
    const ipSet = (key: string, definition: readonly string[]) => ({
      key,
      ipSet: { definition: [...definition].sort() },
    });
    return new NetworkfirewallRuleGroup(this, id, {
      name: `${name}-${id}`,
      type: "STATEFUL",
      capacity,
      ruleGroup: {
        ruleVariables: {
          ipSets: [ipSet("HOME_NET", vpcCidrBlocks), ipSet("PUBLIC_NET", publicCidrBlocks)],
        },
        rulesSource,
        statefulRuleOptions: { ruleOrder: "STRICT_ORDER" },
      },
      tags: { Name: `${name}-${id}` },
    });
  }
}
