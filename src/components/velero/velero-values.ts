import { VELERO_IMAGE } from "../../facts/injected-containers";
import { resourcesOf } from "../chart";
import type { ChartValues } from "../../modules/chart-values";
import { mirrored } from "../../modules/mirrored-image";
import { priorityClass, systemTolerations } from "../../modules/platform-pods";

/** Where another cluster's backups are, to restore from and never to write to. */
export interface BackupSource {
  readonly bucket: string;
  readonly prefix?: string;
  readonly region: string;
  readonly keyArn?: string;
}

export interface VeleroSettings {
  readonly clusterName: string;
  readonly region: string;
  readonly bucket: string;
  readonly keyArn: string;
  readonly schedule: string;
  readonly retentionDays: number;
  readonly volumes: "files" | "snapshots";
  readonly restoreFrom?: BackupSource;
  readonly monitored: boolean;
  readonly imageMirror?: string;
}

export const VELERO_ACCOUNT = "velero-server";

/**
 * Newest final release of the plugin. Its table names 1.17 as Velero's version for 1.13, and 1.14 for 1.18 is a release
 * candidate (vmware-tanzu/velero-plugin-for-aws, README.md, Compatibility, read in August 2026).
 */
const AWS_PLUGIN = "docker.io/velero/velero-plugin-for-aws";
const AWS_PLUGIN_VERSION = "v1.13.2";

/** Values of the velero chart, 12.1. AWS is asked by Pod Identity: there is no secret. */
export function veleroValues(settings: VeleroSettings): ChartValues {
  const { volumes, restoreFrom, monitored, imageMirror: mirror } = settings;
  const files = volumes === "files";
  return {
    ...(mirror !== undefined && {
      image: { repository: mirrored(VELERO_IMAGE, mirror) },
      kubectl: { image: { repository: mirrored("registry.k8s.io/kubectl", mirror) } },
    }),
    initContainers: [
      {
        name: "velero-plugin-for-aws",
        image: `${mirrored(AWS_PLUGIN, mirror)}:${AWS_PLUGIN_VERSION}`,
        volumeMounts: [{ mountPath: "/target", name: "plugins" }],
        resources: resourcesOf({ cpuMillicores: 10, memoryMiB: 32, memoryLimitMiB: 128 }),
      },
    ],
    credentials: { useSecret: false },
    serviceAccount: { server: { create: true, name: VELERO_ACCOUNT } },
    tolerations: systemTolerations,
    priorityClassName: priorityClass.critical,
    // Helm never upgrades CRDs in a chart's crds folder; the chart's own job does.
    upgradeCRDs: true,
    snapshotsEnabled: !files,
    // It also reads files back from another cluster's backups.
    deployNodeAgent: files || restoreFrom !== undefined,
    ...((files || restoreFrom) && {
      nodeAgent: { priorityClassName: priorityClass.node, tolerations: [{ operator: "Exists" }] },
    }),
    configuration: {
      backupStorageLocation: locations(settings),
      volumeSnapshotLocation: files
        ? []
        : [{ name: "default", provider: "aws", config: { region: settings.region } }],
      uploaderType: "kopia",
      defaultVolumesToFsBackup: files,
    },
    schedules: {
      all: {
        disabled: false,
        schedule: settings.schedule,
        // A schedule that is deleted must not take its backups along.
        useOwnerReferencesInBackup: false,
        template: {
          ttl: `${settings.retentionDays * 24}h0m0s`,
          storageLocation: "default",
          includedNamespaces: ["*"],
          snapshotVolumes: !files,
        },
      },
    },
    metrics: { enabled: true, serviceMonitor: { enabled: monitored } },
  };
}

function locations({ clusterName, region, bucket, keyArn, restoreFrom }: VeleroSettings): ChartValues[] {
  const own = {
    name: "default",
    provider: "aws",
    bucket,
    prefix: clusterName,
    default: true,
    config: { region, kmsKeyId: keyArn },
  };
  if (restoreFrom === undefined) return [own];
  const { prefix, region: sourceRegion } = restoreFrom;
  const source = {
    name: "restore-from",
    provider: "aws",
    bucket: restoreFrom.bucket,
    ...(prefix !== undefined && { prefix }),
    accessMode: "ReadOnly",
    config: { region: sourceRegion },
  };
  return [own, source];
}
