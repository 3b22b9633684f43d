import { readFileSync } from "node:fs";
import {
  deeds,
  onlyWith,
  providerCalls,
  providerVersion,
  typesWithCalls,
} from "../../../src/permissions/deploy/provider-calls";
import published from "../../../src/permissions/deploy/provider-calls.json";
import { resourceFunctions } from "../../../tools/provider-calls/resource-functions";

test("calls were read from the version of the provider that stacks pin", () => {
  const bindings = readFileSync(require.resolve("@cdktf/provider-aws/lib/provider/index.js"), "utf8");

  expect(bindings).toContain(`providerVersion: '${providerVersion}'`);
  expect(published.source).toContain(`terraform-provider-aws ${providerVersion}:`);
  expect(typesWithCalls).toEqual(Object.keys(resourceFunctions));
});

test("every call that an attribute brings is one of its type's", () => {
  const unknown = Object.entries(onlyWith).flatMap(([type, calls]) => {
    const all = deeds.flatMap((deed) => providerCalls(type)?.calls[deed] ?? []);
    return Object.keys(calls ?? {}).filter((action) => !all.includes(action));
  });

  expect(unknown).toEqual([]);
});

// hashicorp/terraform-provider-aws v6.25.0 internal/service/ec2 (vpc_default_route_table.go, vpc_peering_connection_accepter.go,
// vpc_security_group_ingress_rule.go), route53/zone.go, logs/group.go.
test.each([
  ["aws_default_route_table", "update", "ec2:ReplaceRoute"],
  ["aws_vpc_peering_connection_accepter", "update", "ec2:ModifyVpcPeeringConnectionOptions"],
  ["aws_vpc_security_group_ingress_rule", "create", "ec2:AuthorizeSecurityGroupIngress"],
  ["aws_route53_zone", "delete", "route53:GetHostedZone"],
  ["aws_cloudwatch_log_group", "update", "logs:PutLogGroupDeletionProtection"],
  ["aws_sqs_queue_policy", "delete", "sqs:SetQueueAttributes"],
] as const)("%s: its %s calls %s", (type, deed, action) => {
  expect(providerCalls(type)?.calls[deed]).toContain(action);
});
