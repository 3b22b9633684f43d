import { allRules } from "../../src/guardrails/rules/all-rules";
import { evaluate } from "../../src/guardrails/evaluate";
import { readStack } from "../../src/guardrails/read/read-stack";

/** Details of what a rule finds in a stack. */
function found(id: string, stack: object): string[] {
  const resources = readStack(stack, "dev-us-east-1-cluster");
  const rules = allRules.filter((each) => each.id === id);
  return evaluate({ resources, complete: true, production: false }, rules)
    .filter(({ outcome }) => outcome === "violation")
    .map(({ address, detail }) => `${address}: ${detail}`);
}

// Values that an apply ended at once: each is put back here as it was.
test("an apostrophe in the description of a rule that the EKS module makes", () => {
  const stack = (description: string) => ({
    module: {
      eks: {
        source: "terraform-aws-modules/eks/aws",
        name: "dev-us-east-1",
        node_security_group_additional_rules: {
          peers: { type: "ingress", protocol: "tcp", from_port: 443, to_port: 443, self: true, description },
        },
      },
    },
  });

  expect(found("VALUE-PATTERN", stack("The mesh's peers"))).toEqual([expect.stringContaining('"\'"')]);
  expect(found("VALUE-PATTERN", stack("Peers of the mesh"))).toEqual([]);
});

test("a single sign-on role without its path, in a key's policy and in the cluster's access", () => {
  const arn = "arn:aws:iam::111122223333:role/AWSReservedSSO_Admin_0123456789abcdef";
  const statement = { Effect: "Allow", Principal: { AWS: arn }, Action: "kms:*", Resource: "*" };
  const stack = {
    resource: { aws_kms_key: { logs: { policy: JSON.stringify({ Statement: [statement] }) } } },
    module: {
      eks: { source: "terraform-aws-modules/eks/aws", access_entries: { admins: { principal_arn: arn } } },
    },
  };

  expect(found("VALUE-PRINCIPAL", stack)).toEqual([
    expect.stringMatching(/^aws_kms_key\.logs.* names .*aws-reserved/),
    expect.stringMatching(/^module\.eks\.aws_eks_access_entry.* names .*aws-reserved/),
  ]);
});

test("tags that the provider gives count for every resource of its stack", () => {
  const tags = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag-${index}`, "a"]));
  const stack = (own: number) => ({
    provider: { aws: [{ default_tags: [{ tags: { ...tags(0), team: "a" } }] }] },
    resource: { aws_sqs_queue: { jobs: { name: "jobs", tags: tags(own) } } },
  });

  expect(found("VALUE-TAGS", stack(49))).toEqual([]);
  expect(found("VALUE-TAGS", stack(50))).toEqual([
    "aws_sqs_queue.jobs: has 51 tags with the provider's, and AWS takes at most 50",
  ]);
});

test("a tag of the provider that IAM takes for one of the role's", () => {
  const stack = {
    provider: { aws: [{ default_tags: [{ tags: { owner: "platform" } }] }] },
    resource: {
      aws_iam_role: { a: { name: "dev-a", tags: { Owner: "payments" } } },
      aws_sqs_queue: { b: { name: "dev-b", tags: { Owner: "payments" } } },
    },
  };

  expect(found("VALUE-TAGS", stack)).toEqual([
    "aws_iam_role.a: tags owner and Owner are one and the same key for IAM",
  ]);
});

test("a tag of all resources in characters that most services refuse", () => {
  const stack = { provider: { aws: [{ default_tags: [{ tags: { owner: "R&D (core)" } }] }] } };

  expect(found("VALUE-TAGS", stack)).toEqual([expect.stringContaining("tag owner: R&D (core)")]);
});

test.each([
  ["eks-pod-identity/aws", "description", "aws_iam_role"],
  ["eks/aws", "iam_role_description", "aws_iam_role"],
  ["eks/aws", "node_security_group_description", "aws_security_group"],
  ["eks/aws//modules/karpenter", "node_iam_role_description", "aws_iam_role"],
])("a text of the module %s that AWS refuses: %s", (source, input, type) => {
  const stack = (text: string) => ({
    module: {
      a: {
        source: `terraform-aws-modules/${source}`,
        name: "dev-a",
        attach_custom_policy: true,
        [input]: text,
      },
    },
  });
  const inType = (each: string) => each.includes(type);

  expect(found("VALUE-PATTERN", stack("The team’s „own“")).filter(inType)).toHaveLength(1);
  expect(found("VALUE-PATTERN", stack("Of the team")).filter(inType)).toEqual([]);
});

test("a description of a policy of a module that is longer than IAM takes", () => {
  const stack = (length: number) => ({
    module: {
      a: {
        source: "terraform-aws-modules/eks-pod-identity/aws",
        name: "dev-a",
        attach_custom_policy: true,
        custom_policy_description: "a".repeat(length),
      },
    },
  });

  expect(found("VALUE-LENGTH", stack(1001))).toHaveLength(1);
  expect(found("VALUE-LENGTH", stack(1000))).toEqual([]);
});
