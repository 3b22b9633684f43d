import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Route53ResolverEndpoint } from "@cdktf/provider-aws/lib/route53-resolver-endpoint";
import { Route53ResolverQueryLogConfig } from "@cdktf/provider-aws/lib/route53-resolver-query-log-config";
import { Route53ResolverQueryLogConfigAssociation } from "@cdktf/provider-aws/lib/route53-resolver-query-log-config-association";
import { Route53ZoneAssociation } from "@cdktf/provider-aws/lib/route53-zone-association";
import "cdktf/lib/testing/adapters/jest";
import { PrivateZones } from "../../../src/modules/network/private-zones";
import { ResolverInbound, ResolverOutbound } from "../../../src/modules/network/resolver-endpoints";
import { ResolverQueryLogs } from "../../../src/modules/network/resolver-query-logs";
import { policyIn, resource, resourcesOf, statement, synthConstruct } from "../../support/synth";

const endpoint = { name: "dev-us-east-1", vpcId: "vpc-1", subnetIds: ["subnet-a", "subnet-b"] };

/** `protocol range:port` of each rule. */
function rules(json: string, type: string): string[] {
  return Object.values(resourcesOf(json, type)).map(
    ({ ip_protocol, cidr_ipv4, from_port, to_port }) =>
      `${String(ip_protocol)} ${String(cidr_ipv4)}:${String(from_port)}-${String(to_port)}`,
  );
}

describe("private zones", () => {
  const json = synthConstruct((scope) => {
    new PrivateZones(scope, "zones", {
      name: "dev-us-east-1",
      vpcId: "vpc-1",
      domains: ["prod.acme.internal", "acme.example"],
      associatedZoneIds: ["Z0123456789ABCDEFGHIJ"],
    });
  });

  test("are seen by the VPC, and by those that join later", () => {
    expect(resource(json, "aws_route53_zone", "zones_prod_acme_internal")).toMatchObject({
      name: "prod.acme.internal",
      vpc: [{ vpc_id: "vpc-1" }],
      lifecycle: { ignore_changes: ["vpc"] },
    });
    expect(Object.keys(resourcesOf(json, "aws_route53_zone"))).toHaveLength(2);
  });

  test("that exist already are joined", () => {
    expect(json).toHaveResourceWithProperties(Route53ZoneAssociation, {
      zone_id: "Z0123456789ABCDEFGHIJ",
      vpc_id: "vpc-1",
    });
  });
});

describe("the way out", () => {
  const json = synthConstruct((scope) => {
    new ResolverOutbound(scope, "out", {
      ...endpoint,
      forward: { "internal.corp": ["10.200.0.2", "10.200.1.2"], "ad.corp": ["10.200.0.2"] },
    });
  });

  test("has an address in each zone", () => {
    expect(json).toHaveResourceWithProperties(Route53ResolverEndpoint, {
      direction: "OUTBOUND",
      ip_address: [{ subnet_id: "subnet-a" }, { subnet_id: "subnet-b" }],
      security_group_ids: ["${aws_security_group.out_security-group.id}"],
    });
  });

  test("leads each domain to its servers, in the whole VPC", () => {
    expect(resource(json, "aws_route53_resolver_rule", "out_rule-internal_corp")).toMatchObject({
      domain_name: "internal.corp",
      rule_type: "FORWARD",
      resolver_endpoint_id: "${aws_route53_resolver_endpoint.out_endpoint.id}",
      target_ip: [
        { ip: "10.200.0.2", port: 53 },
        { ip: "10.200.1.2", port: 53 },
      ],
    });
    expect(resource(json, "aws_route53_resolver_rule_association", "out_association-ad_corp")).toMatchObject({
      resolver_rule_id: "${aws_route53_resolver_rule.out_rule-ad_corp.id}",
      vpc_id: "vpc-1",
    });
  });

  test("is open to those servers and nobody else, by UDP and for large answers by TCP", () => {
    expect(rules(json, "aws_vpc_security_group_egress_rule").sort()).toEqual([
      "tcp 10.200.0.2/32:53-53",
      "tcp 10.200.1.2/32:53-53",
      "udp 10.200.0.2/32:53-53",
      "udp 10.200.1.2/32:53-53",
    ]);
    expect(resourcesOf(json, "aws_vpc_security_group_ingress_rule")).toEqual({});
  });
});

test("the way in is open to the ranges given, and nobody else", () => {
  const json = synthConstruct((scope) => {
    new ResolverInbound(scope, "in", { ...endpoint, clientCidrs: ["10.200.0.0/14"] });
  });

  expect(json).toHaveResourceWithProperties(Route53ResolverEndpoint, { direction: "INBOUND" });
  expect(rules(json, "aws_vpc_security_group_ingress_rule").sort()).toEqual([
    "tcp 10.200.0.0/14:53-53",
    "udp 10.200.0.0/14:53-53",
  ]);
  expect(resourcesOf(json, "aws_vpc_security_group_egress_rule")).toEqual({});
});

describe("query logs", () => {
  const GROUP = "arn:aws:logs:us-east-1:111122223333:log-group:/aws/vpc/dev-us-east-1/dns-queries";
  const json = synthConstruct((scope) => {
    new ResolverQueryLogs(scope, "queries", {
      name: "dev-us-east-1",
      region: "us-east-1",
      vpcId: "vpc-1",
      owner: {
        accountId: "111122223333",
        partition: "aws",
        keyAdministratorArns: ["arn:aws:iam::111122223333:role/x"],
      },
      retentionDays: 30,
    });
  });

  test("go to a log group with a key that admits it, and end some day", () => {
    expect(json).toHaveResourceWithProperties(CloudwatchLogGroup, {
      name: "/aws/vpc/dev-us-east-1/dns-queries",
      kms_key_id: "${aws_kms_key.queries_key_key.arn}",
      retention_in_days: 30,
    });
    expect(statement(policyIn(resource(json, "aws_kms_key")), "CloudWatchLogs").Condition).toEqual({
      ArnEquals: { "kms:EncryptionContext:aws:logs:arn": GROUP },
    });
  });

  test("are written by log delivery for this account only", () => {
    const policy = policyIn(resource(json, "aws_cloudwatch_log_resource_policy"), "policy_document");

    expect(statement(policy, "LogDelivery")).toMatchObject({
      Principal: { Service: "delivery.logs.amazonaws.com" },
      Resource: `${GROUP}:log-stream:*`,
      Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
    });
  });

  test("are those of the VPC, from when the log group may be written", () => {
    expect(json).toHaveResourceWithProperties(Route53ResolverQueryLogConfig, {
      destination_arn: "${aws_cloudwatch_log_group.queries_group.arn}",
      depends_on: ["aws_cloudwatch_log_resource_policy.queries_policy"],
    });
    expect(json).toHaveResourceWithProperties(Route53ResolverQueryLogConfigAssociation, {
      resource_id: "vpc-1",
    });
  });
});
