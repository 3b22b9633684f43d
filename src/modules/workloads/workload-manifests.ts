import type { ChartValues } from "../chart-values";
import type { Manifest } from "../manifest";
import { autoscalerManifests } from "./autoscalers";
import { controllerManifest } from "./controller";
import { metricsMonitor } from "./metrics";
import { secretManifest } from "./secrets";
import { serviceManifests } from "./service";
import { objectLabels, ruleSelector, selectorLabels, type Workload } from "./workload";

/** Everything that a service is in the cluster, but network policies and routes, by key. */
export function workloadManifests(workload: Workload, strategy?: ChartValues): Record<string, Manifest> {
  const { name, namespace, secrets, securityGroupIds } = workload;
  const monitor = metricsMonitor(workload);
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
    ...(monitor && { monitor }),
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
