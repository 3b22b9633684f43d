import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { Release } from "@cdktf/provider-helm/lib/release";
import "cdktf/lib/testing/adapters/jest";
import { NETWORK, problemsIn } from "../../support/problems";
import { moduleInputs, resource, synthYaml } from "../../support/synth";

const backup = (more = "") => synthYaml(`backup: { ${more} }`).backup;

test("a target without backup has no such stack", () => {
  expect(Object.keys(synthYaml())).not.toContain("backup");
});

test("Velero may use its bucket, its key and the volumes' key", () => {
  expect(moduleInputs(backup(), "velero_server_identity")).toMatchObject({
    attach_velero_policy: true,
    velero_s3_bucket_arns: ["arn:aws:s3:::dev-us-east-1-backups-111122223333"],
    velero_s3_bucket_path_arns: ["arn:aws:s3:::dev-us-east-1-backups-111122223333/*"],
    velero_kms_arns: [
      "${aws_kms_key.velero_key_key.arn}",
      "${data.terraform_remote_state.cluster.outputs.volumes_key_arn}",
    ],
  });
});

test("no lifecycle deletes what a later backup still needs", () => {
  const json = backup();

  expect(json).toHaveResource(S3BucketLifecycleConfiguration);
  expect(JSON.stringify(resource(json, "aws_s3_bucket_lifecycle_configuration"))).not.toContain(
    '"expiration"',
  );
});

test("Velero starts when its bucket is closed and its identity in effect", () => {
  expect(backup()).toHaveResourceWithProperties(Release, {
    name: "velero",
    depends_on: [
      "aws_s3_bucket_policy.velero_backups_policy",
      "time_sleep.velero_server_association-effective",
    ],
  });
});

test("refuses a schedule that is not valid", () => {
  expect(problemsIn(`${NETWORK}backup: { schedule: daily }\n`)).toEqual([
    "envs/dev/us-east-1.yaml:4:21  backup.schedule: daily  must have five fields (minute, hour, day of month, month, day of week) and has 1; write for example 0 9 * * mon-fri",
  ]);
});
