import { policyJson, serviceTrust } from "../../src/modules/policy-document";

test("writes a policy as IAM spells it", () => {
  const statement = { Sid: "Read", Effect: "Allow", Action: ["s3:Get*"], Resource: "*" } as const;

  const policy: unknown = JSON.parse(policyJson([statement]));

  expect(policy).toEqual({ Version: "2012-10-17", Statement: [statement] });
});

test("keeps IAM's variables away from Terraform, and Terraform's expressions in place", () => {
  const json = policyJson([
    {
      Effect: "Allow",
      Action: "s3:*",
      Resource: "${aws_s3_bucket.state.arn}/*",
      Condition: { StringEquals: { "aws:ResourceTag/team": "${aws:PrincipalTag/team}" } },
    },
  ]);

  expect(json).toContain('"$${aws:PrincipalTag/team}"');
  expect(json).toContain('"${aws_s3_bucket.state.arn}/*"');
});

test("a service assumes a role for resources of its own account only", () => {
  const trust: unknown = JSON.parse(serviceTrust("vpc-flow-logs.amazonaws.com", "111122223333"));

  expect(trust).toMatchObject({
    Statement: [
      {
        Principal: { Service: "vpc-flow-logs.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
      },
    ],
  });
});
