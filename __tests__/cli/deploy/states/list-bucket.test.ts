import { bucketLister, oncePerBucket } from "../../../../src/cli/deploy/states/list-bucket";
import type { AwsAnswer } from "../../../../src/cli/refresh/aws-cli";
import { aTarget } from "../../../support/fixtures";

const CREDENTIALS = { AccessKeyId: "id", SecretAccessKey: "secret", SessionToken: "token" };
const asRole = { output: { Credentials: CREDENTIALS } };

/** Lists with answers in place of the aws CLI, and keeps what it was asked. */
async function listed(...answers: AwsAnswer[]) {
  const asked: string[] = [];
  const lister = bucketLister((region, credentials) => (args) => {
    asked.push([region, credentials?.AWS_SESSION_TOKEN ?? "-", ...args].join(" "));
    return Promise.resolve(answers[asked.length - 1] ?? { failure: "asked too often" });
  });
  return { listing: await lister(aTarget("state: { region: eu-west-1 }")), asked };
}

test("the bucket is listed in its own region and in the deploy role, as the backend reads it", async () => {
  const { listing, asked } = await listed(asRole, {
    output: {
      Contents: [
        { Key: "env:/dev-us-east-1/octarine/dev-us-east-1/backup.tfstate" },
        { Key: "env:/dev-us-east-1/octarine/dev-us-east-1/backup.tfstate.tflock" },
        { Key: "env:/other/octarine/dev-us-east-1/network.tfstate" },
        { Key: "env:/a$(b)/octarine/a$(b)/network.tfstate" },
        { Key: 'env:/dev-us-west-2/octarine/dev-us-west-2/${file("a")}.tfstate' },
        { Key: "env:/dev-us-west-2/octarine/dev-us-west-2/network.tfstate" },
      ],
    },
  });

  expect(listing).toEqual({
    states: [
      { workspace: "dev-us-east-1", stack: "backup" },
      { workspace: "dev-us-west-2", stack: "network" },
    ],
  });
  expect(asked).toEqual([
    "eu-west-1 - sts assume-role --role-arn arn:aws:iam::111122223333:role/octarine-deploy --role-session-name octarine",
    "eu-west-1 token s3api list-objects-v2 --bucket octarine-state-dev-111122223333 --prefix env:/",
  ]);
});

test("an empty bucket and a missing one hold no state", async () => {
  const noBucket = { failure: "aws s3api list-objects-v2: An error occurred (NoSuchBucket)" };

  expect((await listed(asRole, { output: {} })).listing).toEqual({ states: [] });
  expect((await listed(asRole, noBucket)).listing).toEqual({ states: [] });
});

test("the reason why the bucket can't be listed is reported", async () => {
  const denied = { failure: "aws s3api list-objects-v2: AccessDenied" };

  expect((await listed({ failure: "the aws CLI is not installed" })).listing).toEqual({
    failure: "the aws CLI is not installed",
  });
  expect((await listed(asRole, denied)).listing).toEqual(denied);
  expect((await listed({ output: {} })).listing).toEqual({
    failure: "aws sts assume-role: no credentials in its answer",
  });
});

test("targets of one environment share a bucket, which is listed once", async () => {
  let times = 0;
  const list = oncePerBucket(() => Promise.resolve({ states: [{ workspace: String(++times), stack: "" }] }));
  const [a, b] = [await list(aTarget()), await list(aTarget("", { region: "eu-west-1" }))];

  expect(b).toBe(a);
  expect(await list(aTarget("", { environment: "prod" }))).not.toBe(a);
});
