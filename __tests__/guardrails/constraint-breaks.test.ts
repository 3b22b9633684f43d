import type { JsonObject } from "../../src/terraform-plan/json";
import { planDocument } from "../../src/terraform-plan/plan-document";
import { awsValues } from "../../src/facts/aws-values";
import { constraintBreaks } from "../../src/guardrails/values/constraint-breaks";
import type { Resource } from "../../src/guardrails/resource";
import { readPlan } from "../../src/guardrails/read/read-plan";

/** A resource as a plan shows it once it was applied: numbers that nobody gave are 0 (provider's Read; SDKv2 in nested blocks). */
const planned = (type: string, values: JsonObject): Resource[] =>
  readPlan(
    planDocument(
      {
        format_version: "1.2",
        planned_values: {
          root_module: { resources: [{ address: `${type}.x`, mode: "managed", type, name: "x", values }] },
        },
      },
      "plan.json",
    ),
    "dev-us-east-1-network",
  ).filter((each) => each.type === type);

test.each([
  ["aws_nat_gateway", { secondary_private_ip_address_count: 0 }],
  ["aws_eks_node_group", { update_config: [{ max_unavailable: 0, max_unavailable_percentage: 33 }] }],
  ["aws_cloudwatch_log_group", { retention_in_days: 0 }],
])("a 0 that the provider filled in for %s is not judged in a plan", (type, values) => {
  const [resource] = planned(type, values);

  expect(resource && constraintBreaks(resource, awsValues(type))).toEqual([]);
  // Written in a config it is.
  expect(resource && constraintBreaks({ ...resource, source: "input" }, awsValues(type))).toHaveLength(1);
});
