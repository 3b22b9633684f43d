import { awsValues, awsValueTypes } from "../../src/facts/aws-values";

const all = awsValueTypes.flatMap((type) =>
  Object.entries(awsValues(type)).map(([path, constraint]) => ({ type, path, constraint })),
);

test("every pattern is one of JavaScript", () => {
  expect(all.length).toBeGreaterThan(300);
  for (const { constraint } of all)
    if (constraint.pattern !== undefined)
      expect(() => new RegExp(constraint.pattern ?? "", "u")).not.toThrow();
});

test("no constraint contradicts itself", () => {
  for (const { type, path, constraint } of all) {
    const { minLength = 0, maxLength = Infinity, minimum = -Infinity, maximum = Infinity } = constraint;
    expect([type, path, minLength <= maxLength && minimum <= maximum]).toEqual([type, path, true]);
  }
});

// The API references that the data is from: IAM CreateRole, EC2 CreateSecurityGroup, SQS CreateQueue, ELB CreateLoadBalancer.
test.each([
  ["aws_iam_role", "name", "n".repeat(64), "n".repeat(64) + "/"],
  ["aws_security_group", "description", "a (b) [c]", "Cilium's mesh"],
  ["aws_vpc_security_group_ingress_rule", "description", "health checks", "Cilium's health checks"],
  ["aws_security_group", "name", "cluster-a", "sg-a"],
  ["aws_sqs_queue", "name", "a.fifo", "a.b"],
  ["aws_lb", "name", "internal", "internal-a"],
  ["aws_kms_alias", "name", "alias/a/b", "a"],
  ["aws_s3_bucket", "bucket", "a-b.c", "A"],
  ["aws_secretsmanager_secret", "name", "octarine/mesh/a-london", "mesh a"],
  ["aws_cloudwatch_log_group", "name", "/aws/eks/a/cluster", "/aws/eks/a b"],
])("%s.%s takes %s and not %s", (type, path, taken, refused) => {
  const pattern = new RegExp(awsValues(type)[path]?.pattern ?? "no pattern", "u");

  expect(pattern.test(taken)).toBe(true);
  expect(pattern.test(refused)).toBe(false);
});

test("a prefix is as much shorter as Terraform's completion is long", () => {
  expect(awsValues("aws_iam_role").name_prefix).toMatchObject({ maxLength: 38 });
  expect(awsValues("aws_eks_node_group").node_group_name_prefix).toMatchObject({ maxLength: 37 });
});
