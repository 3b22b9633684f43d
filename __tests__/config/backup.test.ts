import { NETWORK, problemsIn } from "../support/problems";

const SOURCE = "bucket: acme-old-backups, region: eu-west-1";
const problems = (backup: string) =>
  problemsIn(`${NETWORK}backup: { ${backup} }\n`).map((line) => line.replace(/^\S+ {2}/, ""));

test("backups of this cluster and of another one are accepted", () => {
  const keyArn = "arn:aws:kms:eu-west-1:111122223333:key/12345678-1234-1234-1234-123456789012";

  expect(problems("")).toEqual([]);
  expect(problems(`restoreFrom: { ${SOURCE}, prefix: old/prod, keyArn: "${keyArn}" }`)).toEqual([]);
});

test.each([
  [
    "a schedule that is none",
    "schedule: daily",
    "backup.schedule: daily  must have five fields (minute, hour, day of month, month, day of week) and has 1; write for example 0 9 * * mon-fri",
  ],
  [
    "a bucket that is none",
    `restoreFrom: { ${SOURCE.replace("acme-old-backups", "Acme_Backups")} }`,
    "backup.restoreFrom.bucket: Acme_Backups  is not an S3 bucket name; write 3 to 63 lower-case letters, digits, dashes and dots",
  ],
  [
    "a region that is none",
    `restoreFrom: { ${SOURCE.replace("eu-west-1", "eu-west")} }`,
    "backup.restoreFrom.region: eu-west  is not an AWS region with EKS; did you mean eu-west-1?",
  ],
  [
    "a prefix with a slash at its end",
    `restoreFrom: { ${SOURCE}, prefix: old/ }`,
    "backup.restoreFrom.prefix: old/  is not a prefix; write it without slashes at its ends",
  ],
  [
    "an alias for a key",
    `restoreFrom: { ${SOURCE}, keyArn: "arn:aws:kms:eu-west-1:111122223333:alias/old" }`,
    "backup.restoreFrom.keyArn: arn:aws:kms:eu-west-1:111122223333:alias/old  is not a KMS key; write arn:aws:kms:<region>:<account>:key/<id>",
  ],
])("refuses %s", (_what, backup, problem) => {
  expect(problems(backup)).toEqual([problem]);
});
