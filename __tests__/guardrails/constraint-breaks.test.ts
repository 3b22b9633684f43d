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

const nodeGroup = { cluster_name: "a", node_role_arn: "arn:aws:iam::111122223333:role/a", subnet_ids: ["a"] };

test.each([
  ["aws_nat_gateway", { secondary_private_ip_address_count: 0 }],
  [
    "aws_eks_node_group",
    { ...nodeGroup, update_config: [{ max_unavailable: 0, max_unavailable_percentage: 33 }] },
  ],
  ["aws_cloudwatch_log_group", { retention_in_days: 0 }],
])("a 0 that the provider filled in for %s is not judged in a plan", (type, values) => {
  const [resource] = planned(type, values);

  expect(resource && constraintBreaks(resource, awsValues(type))).toEqual([]);
  // Written in a config it is.
  expect(resource && constraintBreaks({ ...resource, source: "input" }, awsValues(type))).toHaveLength(1);
});

// What an apply of hashicorp/aws would send: the provider's schema has these optional.
test("what is missing is found in a plan, in each block of a list", () => {
  const [resource] = planned("aws_s3_bucket_lifecycle_configuration", {
    bucket: "a",
    rule: [
      { id: "a", status: "Enabled", abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }] },
      { id: "a", status: "Enabled", abort_incomplete_multipart_upload: [{ days_after_initiation: null }] },
    ],
  });

  expect(resource && constraintBreaks(resource, awsValues(resource.type))).toEqual([
    expect.objectContaining({
      kind: "twice",
      detail: 'rule has two entries with id "a", and AWS takes it once',
    }),
    expect.objectContaining({
      kind: "missing",
      detail: "rule.abort_incomplete_multipart_upload.days_after_initiation is missing, and AWS asks for it",
    }),
  ]);
});

test("of what a registry module makes only the plan shows what is missing", () => {
  const made: Resource = {
    type: "aws_eks_node_group",
    address: "module.a.aws_eks_node_group.this[0]",
    stack: "dev-us-east-1-nodes",
    source: "input",
    attributes: { scaling_config: { max_size: 0 } },
  };
  const kinds = (resource: Resource) =>
    constraintBreaks(resource, awsValues(resource.type)).map(({ kind }) => kind);

  expect(kinds(made)).toEqual(["range"]);
  expect(kinds({ ...made, source: "plan" })).toEqual(["missing", "missing", "missing"]);
});

// smithy-lang/smithy docs/source-2.0/spec/constraint-traits.rst, length: of a string, its Unicode scalar values.
test.each([
  ["ab", ["at least 3"]],
  ["abc", []],
  ["abcde", []],
  ["abcdef", ["at most 5"]],
  ["\u{1F600}\u{1F600}", ["at least 3"]],
  ["\u{1F600}".repeat(3), []],
  ["\u{1F600}".repeat(5), []],
  ["\u{1F600}".repeat(6), ["at most 5"]],
])("of a text from 3 to 5 long, %j breaks %j: characters are counted, not their halves", (name, limits) => {
  const resource: Resource = {
    type: "aws_x",
    address: "aws_x.x",
    stack: "s",
    source: "input",
    attributes: { name },
  };

  const found = constraintBreaks(resource, { name: { minLength: 3, maxLength: 5 } });

  expect(found.map(({ detail }) => detail.replace(/.*AWS takes /, ""))).toEqual(limits);
});
