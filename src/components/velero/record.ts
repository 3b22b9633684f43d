import { isTrue } from "../../values/value";
import { VELERO_IMAGE } from "../../facts/injected-containers";
import { asks, env } from "../chart";
import type { ChartComponentRecord } from "../component";
import { veleroAccounts } from "./calls";
import { onKubernetes } from "../fit";
import { pins } from "./pins";
import { veleroWork } from "./pods";

export const VELERO_NAMESPACE = "velero";

export const velero: ChartComponentRecord<"velero"> = {
  kind: "charts",
  name: "velero",
  title: "Velero",
  stack: "backup",
  isUsed: ({ backup }) => backup !== undefined,
  settings: ["backup"],
  docs: "docs/components/backup.md",
  charts: {
    velero: {
      repository: "https://vmware-tanzu.github.io/helm-charts",
      name: "velero",
      podsReadAt: ["12.1.0"],
      protections: [
        {
          path: ["configuration", "backupStorageLocation", "0", "config", "insecureSkipTLSVerify"],
          isOff: isTrue,
          protects: "TLS to the backup store",
        },
      ],
      requests: [
        asks("resources", 100, 128, 1024),
        asks("nodeAgent/resources", 50, 128, 2048),
        asks("upgradeJobResources", 10, 64, 256),
        asks("kubectl/resources", 10, 32, 128),
      ],
      callsOut: [env("configuration.extraEnvVars")],
    },
  },
  pins,
  namespaces: { [VELERO_NAMESPACE]: { open: [], metrics: [8085] } },
  injects: [VELERO_IMAGE],
  registries: ["docker.io", "registry.k8s.io"],
  roles: { velero: "always" },
  pods: {
    velero: {
      of: "velero",
      labels: { "app.kubernetes.io/name": "velero", name: "velero" },
      serviceAccount: "velero-server",
      ports: { "http-monitoring": 8085 },
      work: veleroWork.velero,
    },
    "node-agent": {
      of: "velero",
      labels: { "app.kubernetes.io/name": "velero", name: "node-agent", role: "node-agent" },
      serviceAccount: "velero-server",
      with: "deployNodeAgent",
      work: veleroWork["node-agent"],
    },
    "velero-upgrade-crds": {
      of: "velero",
      labels: {},
      serviceAccount: "velero-server-upgrade-crds",
      without: "upgradeCRDs",
      work: veleroWork["velero-upgrade-crds"],
    },
  },
  calls: veleroAccounts,
  fits: [
    {
      ...onKubernetes(
        ">=12 <13",
        ">=1.33 <1.36",
        "1.33 to 1.35",
        "Velero 1.18 compatibility table",
        "2026-08",
      ),
      level: "warn",
    },
  ],
  crds: {
    "velero.io": [
      "Backup",
      "BackupRepository",
      "BackupStorageLocation",
      "DataDownload",
      "DataUpload",
      "DeleteBackupRequest",
      "DownloadRequest",
      "PodVolumeBackup",
      "PodVolumeRestore",
      "Restore",
      "Schedule",
      "ServerStatusRequest",
      "VolumeSnapshotLocation",
    ],
  },
  upgrade: {
    phase: "charts",
    restarts: "its controller, CRDs first (a hook of the chart); no backup may run",
  },
};
