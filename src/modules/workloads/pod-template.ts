import type { ChartValue, ChartValues } from "../chart-values";
import { container, NON_ROOT } from "./container";
import { metricsAnnotations } from "./metrics";
import { secretVolume } from "./secrets";
import { podLabels, selectorLabels, type Workload } from "./workload";

/** Size of /tmp, which is the node's disk: so that one service can't fill it for all. Our own figure. */
const TMP_SIZE = "256Mi";

/** Pods of the service, as Pod Security's `restricted` wants them and beyond: a user of no name, a root that stays. */
export function podTemplate(workload: Workload): ChartValues {
  const { name, secrets, volumes, shutdown, placement } = workload;
  const { nodeLabels, tolerations } = placement;
  const annotations = metricsAnnotations(workload);
  return {
    metadata: {
      labels: podLabels(workload),
      ...(Object.keys(annotations).length > 0 && { annotations }),
    },
    spec: {
      serviceAccountName: name,
      // EKS Pod Identity mounts a token of its own.
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: shutdown.drainSeconds + shutdown.graceSeconds,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: NON_ROOT,
        runAsGroup: NON_ROOT,
        fsGroup: NON_ROOT,
        seccompProfile: { type: "RuntimeDefault" },
      },
      ...(Object.keys(nodeLabels).length > 0 && { nodeSelector: { ...nodeLabels } }),
      ...(tolerations.length > 0 && {
        tolerations: tolerations.map(({ key, value, effect }) => ({
          key,
          operator: value === "" ? "Exists" : "Equal",
          ...(value !== "" && { value }),
          effect,
        })),
      }),
      topologySpreadConstraints: spread(workload),
      containers: [container(workload)],
      volumes: [
        { name: "tmp", emptyDir: { sizeLimit: TMP_SIZE } },
        // Each replica's own claim takes its place (StatefulSet API, volumeClaimTemplates); with it the template is a
        // valid pod by itself.
        ...volumes.map((each) => ({ name: each.name, persistentVolumeClaim: { claimName: each.name } })),
        ...secrets.flatMap((each) => secretVolume(workload, each) ?? []),
      ],
    },
  };
}

/** Over zones, then over nodes. Of a deployment's pods only those of one revision are compared. */
function spread(workload: Workload): ChartValue[] {
  const { controller, placement } = workload;
  const constraint = (topologyKey: string, whenUnsatisfiable: string) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable,
    labelSelector: { matchLabels: selectorLabels(workload) },
    ...(controller === "deployment" && { matchLabelKeys: ["pod-template-hash"] }),
  });
  return [
    constraint(
      "topology.kubernetes.io/zone",
      placement.zones === "required" ? "DoNotSchedule" : "ScheduleAnyway",
    ),
    constraint("kubernetes.io/hostname", "ScheduleAnyway"),
  ];
}
