import type { ChartValues } from "../chart-values";
import type { Manifest } from "../manifest-release";
import { WORKLOAD_LABEL } from "../policies/labels";
import { autoscalerManifests } from "./autoscalers";
import { controllerManifest } from "./controller";
import { secretManifest } from "./secrets";
import { serviceManifests } from "./service";
import { objectLabels, ruleSelector, selectorLabels, type Workload } from "./workload";

/** Everything that a service is in the cluster, but network policies and routes, by key. */
export function workloadManifests(workload: Workload, strategy?: ChartValues): Record<string, Manifest> {
  const { name, namespace, secrets, securityGroupIds, metrics } = workload;
  const metadata = { name, namespace, labels: objectLabels(workload) };
  return {
    account: { apiVersion: "v1", kind: "ServiceAccount", metadata, automountServiceAccountToken: false },
    ...Object.fromEntries(
      secrets.map((each) => [`secret-${each.name}`, secretManifest(workload, each)] as const),
    ),
    controller: controllerManifest(workload, strategy),
    ...serviceManifests(workload),
    "disruption-budget": {
      apiVersion: "policy/v1",
      kind: "PodDisruptionBudget",
      metadata,
      spec: {
        maxUnavailable: 1,
        selector: { matchLabels: selectorLabels(workload) },
        // A pod that is broken anyway keeps no node from being drained.
        unhealthyPodEvictionPolicy: "AlwaysAllow",
      },
    },
    ...autoscalerManifests(workload),
    ...(metrics && {
      monitor: {
        apiVersion: "monitoring.coreos.com/v1",
        kind: "ServiceMonitor",
        metadata,
        spec: {
          selector: { matchLabels: selectorLabels(workload) },
          // As labels of the metrics, so that versions of one service are told apart.
          podTargetLabels: [WORKLOAD_LABEL, "version"],
          endpoints: [{ port: metrics.port, path: metrics.path, interval: `${metrics.intervalSeconds}s` }],
        },
      },
    }),
    ...(securityGroupIds && {
      "security-groups": {
        apiVersion: "vpcresources.k8s.aws/v1beta1",
        kind: "SecurityGroupPolicy",
        metadata,
        spec: {
          podSelector: { matchLabels: ruleSelector(workload) },
          securityGroups: { groupIds: [...securityGroupIds] },
        },
      },
    }),
  };
}
