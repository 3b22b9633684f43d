import { literal } from "../../support/synth";
import { sourceStatements } from "../../../src/components/velero/velero";
import { type VeleroSettings, veleroValues } from "../../../src/components/velero/velero-values";

const settings: VeleroSettings = {
  clusterName: "dev-us-east-1",
  region: "us-east-1",
  bucket: "dev-us-east-1-backups",
  keyArn: "arn:key",
  schedule: "0 2 * * *",
  retentionDays: 30,
  volumes: "snapshots",
  monitored: false,
};
const restoreFrom = { bucket: "old-backups", prefix: "old", region: "eu-west-1", keyArn: "arn:old-key" };

test("locations are lists, and there is no secret: AWS is asked by Pod Identity", () => {
  expect(veleroValues(settings)).toMatchObject({
    credentials: { useSecret: false },
    serviceAccount: { server: { name: "velero-server" } },
    configuration: {
      backupStorageLocation: [
        { name: "default", default: true, prefix: "dev-us-east-1", config: { kmsKeyId: "arn:key" } },
      ],
      volumeSnapshotLocation: [{ config: { region: "us-east-1" } }],
    },
  });
});

test("CRDs are upgraded by the chart's job, since Helm never does", () => {
  expect(veleroValues(settings)).toMatchObject({ upgradeCRDs: true });
});

test("volumes are snapshots, or files by kopia and the node agent", () => {
  expect(veleroValues(settings)).toMatchObject({ snapshotsEnabled: true, deployNodeAgent: false });
  expect(veleroValues({ ...settings, volumes: "files" })).toMatchObject({
    snapshotsEnabled: false,
    deployNodeAgent: true,
    configuration: { uploaderType: "kopia", defaultVolumesToFsBackup: true, volumeSnapshotLocation: [] },
  });
});

test("everything is backed up on schedule, and kept for the days asked for", () => {
  expect(veleroValues(settings).schedules).toMatchObject({
    all: {
      schedule: "0 2 * * *",
      useOwnerReferencesInBackup: false,
      template: { ttl: "720h0m0s", includedNamespaces: ["*"] },
    },
  });
});

test("another cluster's backups are read only, and its files can be read back", () => {
  expect(veleroValues({ ...settings, restoreFrom })).toMatchObject({
    deployNodeAgent: true,
    configuration: {
      backupStorageLocation: [
        { name: "default" },
        {
          name: "restore-from",
          bucket: "old-backups",
          prefix: "old",
          accessMode: "ReadOnly",
          config: { region: "eu-west-1" },
        },
      ],
    },
  });
  const actions = sourceStatements(restoreFrom, "aws").flatMap(({ actions: each }) => literal(each) ?? []);
  expect(actions).toEqual(["s3:ListBucket", "s3:GetObject", "kms:Decrypt"]);
  expect(sourceStatements(restoreFrom, "aws")[1]?.resources).toEqual(["arn:aws:s3:::old-backups/old/*"]);
});

test("images come from the mirror, the plugin's, too", () => {
  const text = JSON.stringify(veleroValues({ ...settings, imageMirror: "mirror.corp" }));
  const images = text.match(/"(repository|image)":"[^"]+"/g) ?? [];

  expect(images).toHaveLength(3);
  expect(images.filter((image) => !image.includes('"mirror.corp/'))).toEqual([]);
});
