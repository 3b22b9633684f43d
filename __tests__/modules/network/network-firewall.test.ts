import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { NetworkfirewallFirewall } from "@cdktf/provider-aws/lib/networkfirewall-firewall";
import { NetworkfirewallLoggingConfiguration } from "@cdktf/provider-aws/lib/networkfirewall-logging-configuration";
import { TerraformOutput } from "cdktf";
import "cdktf/lib/testing/adapters/jest";
import { baseRules } from "../../../src/modules/network/firewall-rules";
import { NetworkFirewall } from "../../../src/modules/network/network-firewall";
import {
  type Block,
  parsed,
  policyIn,
  resource,
  resourcesOf,
  statement,
  synthConstruct,
} from "../../support/synth";

const json = synthConstruct((scope) => {
  const firewall = new NetworkFirewall(scope, "firewall", {
    name: "prod-us-east-1",
    region: "us-east-1",
    vpcId: "vpc-1",
    owner: {
      accountId: "111122223333",
      partition: "aws",
      keyAdministratorArns: ["arn:aws:iam::111122223333:role/x"],
    },
    subnetIds: { "us-east-1b": "subnet-b", "us-east-1a": "subnet-a" },
    vpcCidrBlocks: ["10.0.0.0/16"],
    publicCidrBlocks: ["10.0.32.0/24", "10.0.96.0/24"],
    domains: [".quay.io", ".example.com"],
    logRetentionDays: 731,
    deleteProtection: true,
  });
  new TerraformOutput(scope, "endpoint", { value: firewall.endpointId("us-east-1b"), staticId: true });
});

const group = (name: string) => resource(json, "aws_networkfirewall_rule_group", `firewall_${name}`);

test("stands in the firewall subnet of each zone, and can't be deleted by mistake", () => {
  expect(json).toHaveResourceWithProperties(NetworkfirewallFirewall, {
    vpc_id: "vpc-1",
    subnet_mapping: [{ subnet_id: "subnet-a" }, { subnet_id: "subnet-b" }],
    delete_protection: true,
  });
});

test("tells the endpoint of a zone, which AWS lists as a set", () => {
  expect(parsed(json).output?.endpoint?.value).toBe(
    "${one([for state in aws_networkfirewall_firewall.firewall_firewall.firewall_status[0].sync_states : " +
      'state.attachment[0].endpoint_id if state.availability_zone == "us-east-1b"])}',
  );
});

// Network Firewall Developer Guide, "Managing evaluation order": strict order, with an allow-list of domains.
describe("the policy", () => {
  const { firewall_policy: policy } = resource(json, "aws_networkfirewall_firewall_policy");

  test("looks at every packet statefully, in strict order, and stops and reports what no rule lets pass", () => {
    expect(policy).toMatchObject({
      stateless_default_actions: ["aws:forward_to_sfe"],
      stateless_fragment_default_actions: ["aws:forward_to_sfe"],
      stateful_engine_options: { rule_order: "STRICT_ORDER", stream_exception_policy: "DROP" },
      stateful_default_actions: ["aws:drop_established", "aws:alert_established"],
    });
  });

  test("asks the base rules before the domains", () => {
    expect((policy as Block).stateful_rule_group_reference).toEqual([
      { priority: 1, resource_arn: "${aws_networkfirewall_rule_group.firewall_base.arn}" },
      { priority: 2, resource_arn: "${aws_networkfirewall_rule_group.firewall_domains.arn}" },
    ]);
  });
});

test("listed domains pass by HTTP's Host and TLS's server name", () => {
  expect(group("domains").rule_group).toMatchObject({
    rules_source: {
      rules_source_list: {
        generated_rules_type: "ALLOWLIST",
        target_types: ["HTTP_HOST", "TLS_SNI"],
        targets: [".example.com", ".quay.io"],
      },
    },
    stateful_rule_options: { rule_order: "STRICT_ORDER" },
  });
});

test("every rule group knows the VPC and its public subnets", () => {
  const sets = Object.values(resourcesOf(json, "aws_networkfirewall_rule_group")).map(
    ({ rule_group: rules }) => (rules as Block).rule_variables,
  );

  const expected = {
    ip_sets: [
      { key: "HOME_NET", ip_set: { definition: ["10.0.0.0/16"] } },
      { key: "PUBLIC_NET", ip_set: { definition: ["10.0.32.0/24", "10.0.96.0/24"] } },
    ],
  };
  expect(sets).toEqual([expected, expected]);
});

describe("the base rules", () => {
  const rules = baseRules().split("\n");

  test("let load balancers and workloads talk, first and in both directions", () => {
    expect(rules[0]).toMatch(/^pass ip \$PUBLIC_NET any <> \$HOME_NET any /);
  });

  // drop_established lets a first packet out, which for UDP is enough to carry data.
  test("stop all but TCP", () => {
    expect(rules[1]).toMatch(/^drop ip \$HOME_NET any -> any any .*ip_proto:!TCP;/);
  });

  test("have ids of their own", () => {
    const ids = rules.map((rule) => /sid:(\d+)/.exec(rule)?.[1]);
    expect(new Set(ids).size).toBe(rules.length);
  });
});

describe("logs", () => {
  test("of alerts and flows go to groups of their own", () => {
    const config = (type: string) => ({
      log_type: type.toUpperCase(),
      log_destination_type: "CloudWatchLogs",
      log_destination: { logGroup: `\${aws_cloudwatch_log_group.firewall_logs_${type}.name}` },
    });
    expect(json).toHaveResourceWithProperties(NetworkfirewallLoggingConfiguration, {
      logging_configuration: { log_destination_config: [config("alert"), config("flow")] },
    });
  });

  test.each(["alert", "flow"])("of kind %s are encrypted and end some day", (kind) => {
    expect(json).toHaveResourceWithProperties(CloudwatchLogGroup, {
      name: `/aws/vendedlogs/network-firewall/prod-us-east-1/${kind}`,
      kms_key_id: "${aws_kms_key.firewall_logs_key_key.arn}",
      retention_in_days: 731,
    });
  });

  test("have a key that admits CloudWatch Logs for these groups only", () => {
    expect(statement(policyIn(resource(json, "aws_kms_key")), "CloudWatchLogs").Condition).toEqual({
      ArnEquals: {
        "kms:EncryptionContext:aws:logs:arn":
          "arn:aws:logs:us-east-1:111122223333:log-group:/aws/vendedlogs/network-firewall/prod-us-east-1/*",
      },
    });
  });
});
