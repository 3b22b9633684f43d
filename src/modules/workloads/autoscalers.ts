import type { ChartValues } from "../chart-values";
import type { Manifest } from "../manifest";
import { cpuQuantity } from "../policies/resource-limits";
import { kedaTrigger } from "./triggers";
import {
  type HorizontalScaling,
  objectLabels,
  scaleTarget,
  type VerticalScaling,
  type Workload,
} from "./workload";

/** HPA or, with triggers, ScaledObject; VPA. */
export function autoscalerManifests(workload: Workload): Record<string, Manifest> {
  const { horizontal, vertical } = workload;
  return {
    ...(horizontal &&
      (horizontal.triggers.length > 0
        ? { "scaled-object": scaledObject(workload, horizontal) }
        : { autoscaler: horizontalPodAutoscaler(workload, horizontal) })),
    ...(vertical && { "vertical-autoscaler": verticalPodAutoscaler(workload, vertical) }),
  };
}

function metadata(workload: Workload) {
  const { name, namespace } = workload;
  return { name, namespace, labels: objectLabels(workload) };
}

function horizontalPodAutoscaler(workload: Workload, horizontal: HorizontalScaling): Manifest {
  const { min, max, cpuPercent, memoryPercent } = horizontal;
  const metric = (name: string, averageUtilization: number) => ({
    type: "Resource",
    resource: { name, target: { type: "Utilization", averageUtilization } },
  });
  return {
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata: metadata(workload),
    spec: {
      scaleTargetRef: scaleTarget(workload),
      minReplicas: min,
      maxReplicas: max,
      metrics: [
        ...(cpuPercent === undefined ? [] : [metric("cpu", cpuPercent)]),
        ...(memoryPercent === undefined ? [] : [metric("memory", memoryPercent)]),
      ],
    },
  };
}

/** KEDA makes the HPA, so CPU and memory are triggers here: a second HPA would fight with it. */
function scaledObject(workload: Workload, horizontal: HorizontalScaling): Manifest {
  const { min, max, cpuPercent, memoryPercent, triggers } = horizontal;
  const utilization = (type: string, value: number): ChartValues => ({
    type,
    metricType: "Utilization",
    metadata: { value: String(value) },
  });
  return {
    apiVersion: "keda.sh/v1alpha1",
    kind: "ScaledObject",
    metadata: metadata(workload),
    spec: {
      scaleTargetRef: scaleTarget(workload),
      minReplicaCount: min,
      maxReplicaCount: max,
      triggers: [
        ...triggers.map((trigger) => kedaTrigger(trigger, workload.place)),
        ...(cpuPercent === undefined ? [] : [utilization("cpu", cpuPercent)]),
        ...(memoryPercent === undefined ? [] : [utilization("memory", memoryPercent)]),
      ],
    },
  };
}

/** VPA's names (its API reference); `Auto` is deprecated upstream. */
const UPDATE_MODES = {
  recommend: "Off",
  initial: "Initial",
  recreate: "Recreate",
  "in-place": "InPlaceOrRecreate",
} as const;

function verticalPodAutoscaler(workload: Workload, { mode, resources, max }: VerticalScaling): Manifest {
  return {
    apiVersion: "autoscaling.k8s.io/v1",
    kind: "VerticalPodAutoscaler",
    metadata: metadata(workload),
    spec: {
      targetRef: scaleTarget(workload),
      updatePolicy: { updateMode: UPDATE_MODES[mode] },
      resourcePolicy: {
        containerPolicies: [
          {
            // For all containers: the platform's admission policy looks at this entry.
            containerName: "*",
            controlledResources: [...resources],
            ...(max && {
              maxAllowed: {
                ...(max.cpus !== undefined && { cpu: cpuQuantity(max.cpus) }),
                ...(max.memoryMiB !== undefined && { memory: `${max.memoryMiB}Mi` }),
              },
            }),
          },
        ],
      },
    },
  };
}
