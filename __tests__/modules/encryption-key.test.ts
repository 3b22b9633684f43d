import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import "cdktf/lib/testing/adapters/jest";
import { EncryptionKey, type EncryptionKeyProps, logGroupStatement } from "../../src/modules/encryption-key";
import { policyIn, resource, statement, synthConstruct } from "../support/synth";

const admin = "arn:aws:iam::111122223333:role/octarine-deploy";
const owner = { accountId: "111122223333", partition: "aws", keyAdministratorArns: [admin] };

function synthKey(props: Partial<EncryptionKeyProps> = {}): string {
  return synthConstruct((scope) => {
    new EncryptionKey(scope, "logs", { owner, description: "Logs of dev", alias: "dev-logs", ...props });
  });
}

test("a key rotates every year, and is deleted only after 30 days", () => {
  const json = synthKey();

  expect(json).toHaveResourceWithProperties(KmsKey, {
    enable_key_rotation: true,
    deletion_window_in_days: 30,
    description: "Logs of dev",
  });
});

test("a key has an alias for people", () => {
  const json = synthKey();

  expect(json).toHaveResourceWithProperties(KmsAlias, {
    name: "alias/dev-logs",
    target_key_id: "${aws_kms_key.logs_key.key_id}",
  });
});

test("the account keeps its key when every administrator is gone", () => {
  const policy = policyIn(resource(synthKey(), "aws_kms_key"));

  expect(statement(policy, "AccountByIamPolicies")).toMatchObject({
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::111122223333:root" },
    Action: "kms:*",
  });
});

// terraform-aws-modules/eks 21.11.0, main.tf (key_administrators): an empty list means the role that runs the plan, so
// a laptop and CI would undo each other.
test("administrators are those listed, whichever role runs the plan", () => {
  const admins = [admin, "arn:aws:iam::111122223333:role/SecurityAdmin"];

  const json = synthKey({ owner: { ...owner, keyAdministratorArns: admins } });

  expect(statement(policyIn(resource(json, "aws_kms_key")), "Administration").Principal).toEqual({
    AWS: admins,
  });
  expect(json).not.toContain("aws_caller_identity");
});

test("administrators manage the key and cannot decrypt with it", () => {
  const { Action } = statement(policyIn(resource(synthKey(), "aws_kms_key")), "Administration");

  expect(Action).toEqual(expect.arrayContaining(["kms:Put*", "kms:ScheduleKeyDeletion"]));
  const use = /^kms:(\*|Decrypt|Encrypt|ReEncrypt|GenerateDataKey)/;
  expect((Action as string[]).filter((action) => use.test(action))).toEqual([]);
});

test("statements of the use come after those of the owner", () => {
  const use = logGroupStatement("us-east-1", "arn:aws:logs:us-east-1:111122223333:log-group:/x");

  const policy = policyIn(resource(synthKey({ statements: [use] }), "aws_kms_key"));

  expect(policy.Statement.map(({ Sid }) => Sid)).toEqual([
    "AccountByIamPolicies",
    "Administration",
    "CloudWatchLogs",
  ]);
});

// CloudWatch Logs User Guide, "Encrypt log data": without it the log group can't be created.
test("CloudWatch Logs may encrypt exactly one log group", () => {
  const arn = "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/eks/dev/cluster";

  expect(logGroupStatement("eu-west-1", arn)).toEqual({
    Sid: "CloudWatchLogs",
    Effect: "Allow",
    Principal: { Service: "logs.eu-west-1.amazonaws.com" },
    Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
    Resource: "*",
    Condition: { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": arn } },
  });
});
