import type { ChartValues } from "../chart-values";
import type { Manifest } from "../manifest";
import { shareOfPods } from "./canary";
import { podTemplate } from "./pod-template";
import { governingService } from "./service";
import { controllerKind, objectLabels, selectorLabels, type Workload } from "./workload";

/** The Deployment, StatefulSet or Rollout of the service; `strategy` is how a Rollout with routes goes out. */
export function controllerManifest(workload: Workload, strategy?: ChartValues): Manifest {
  const { name, namespace, controller, replicas } = workload;
  return {
    ...controllerKind[controller],
    metadata: { name, namespace, labels: objectLabels(workload) },
    spec: {
      ...(replicas !== undefined && { replicas }),
      selector: { matchLabels: selectorLabels(workload) },
      template: podTemplate(workload),
      ...kindFields(workload, strategy),
    },
  };
}

/** How often a release is kept to go back to; Kubernetes keeps 10 by default. */
const REVISIONS = 5;

function kindFields(workload: Workload, strategy: ChartValues | undefined): ChartValues {
  switch (workload.controller) {
    case "deployment":
      return {
        revisionHistoryLimit: REVISIONS,
        // Never below what is asked for while a release goes out.
        strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: "25%", maxUnavailable: 0 } },
      };
    case "rollout":
      return { revisionHistoryLimit: REVISIONS, strategy: strategy ?? shareOfPods };
    case "stateful-set":
      return {
        serviceName: governingService(workload),
        podManagementPolicy: "OrderedReady",
        // Data outlives the service: who wants it gone deletes the claims.
        persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain", whenScaled: "Retain" },
        ...(workload.volumes.length > 0 && { volumeClaimTemplates: claims(workload) }),
      };
  }
}

function claims({ volumes, storageClass }: Workload): ChartValues[] {
  return volumes.map(({ name, gib }) => ({
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: { name },
    spec: {
      accessModes: ["ReadWriteOnce"],
      storageClassName: storageClass,
      resources: { requests: { storage: `${gib}Gi` } },
    },
  }));
}
