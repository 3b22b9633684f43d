import { z } from "zod";
import { removedApis } from "../../facts/removed-apis";
import { kubectl } from "../../live/question";
import type { UpgradeHop } from "../../releases/upgrade/plan";
import { compareVersions } from "../../text/versions";
import { always, type LiveCheck } from "../../verify/live-check";
import { Notes } from "../../verify/notes";

/** InsightSummary (EKS API Reference): ERROR is what an upgrade to that version breaks, WARNING what a later one may. */
const insights = z.object({
  insights: z.array(
    z.object({
      name: z.string(),
      kubernetesVersion: z.string().optional(),
      insightStatus: z.object({ status: z.string(), reason: z.string().optional() }),
    }),
  ),
});

export function insightsPass({ kubernetes }: UpgradeHop): LiveCheck {
  return {
    id: "EKS-INSIGHTS",
    group: "cluster",
    proves: `EKS's insights see nothing that Kubernetes ${kubernetes} breaks`,
    asks: ["aws eks list-insights"],
    offline: "upgrade notes of components",
    applies: always,
    judge: ({ target }, told) => {
      const notes = new Notes(told);
      const found = notes.aws(insights, "eks", "list-insights", "--cluster-name", target.clusterName);
      for (const { name, kubernetesVersion, insightStatus } of found?.insights ?? []) {
        if (kubernetesVersion !== undefined && kubernetesVersion !== kubernetes) continue;
        const { status, reason = "" } = insightStatus;
        const line = `${name}: ${status}${reason === "" ? "" : `, ${reason}`}`;
        if (status === "ERROR") notes.fault(line);
        else if (status === "UNKNOWN") notes.open(line);
        else if (status === "WARNING") notes.seen(line);
      }
      if (found !== undefined) notes.seen("no insight is an error");
      return notes.outcome();
    },
  };
}

/** `apiserver_requested_deprecated_apis{group="…",version="…",resource="…",subresource="…",removed_release="1.35"} 1` */
const DEPRECATED = /^apiserver_requested_deprecated_apis\{([^}]*)\}\s+(\S+)/;

/** By k8s.io/apiserver v0.35.0, pkg/endpoints/metrics/metrics.go: what was called since this API server started. */
export function noDeprecatedCalls({ kubernetes }: UpgradeHop): LiveCheck {
  return {
    id: "DEPRECATED-APIS",
    group: "cluster",
    proves: `nobody has called an API that Kubernetes ${kubernetes} no longer serves`,
    asks: ["kubectl get --raw /metrics"],
    offline: "none: who calls is seen in the cluster alone",
    applies: always,
    judge: (_, told) => {
      const notes = new Notes(told);
      const text = notes.text(kubectl("get", "--raw", "/metrics"));
      for (const line of text?.split("\n") ?? []) {
        const [, labels, count] = DEPRECATED.exec(line) ?? [];
        if (labels === undefined || Number(count) === 0) continue;
        const { group = "", version = "", resource = "", removed_release: gone = "" } = labelsIn(labels);
        if (gone === "") continue;
        const api = `${resource} of ${group === "" ? "" : `${group}/`}${version}`;
        if (compareVersions(gone, kubernetes) <= 0)
          notes.fault(
            `somebody calls ${api}, which is gone in ${gone}; the audit log of the cluster says who`,
          );
        else notes.seen(`somebody calls ${api}, which is gone in ${gone}`);
      }
      if (text !== undefined) notes.seen("nobody calls what is gone then");
      return notes.outcome();
    },
  };
}

function labelsIn(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...text.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = "", value = ""]) => [name, value] as const),
  );
}

const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

const Written = z.object({
  kind: z.string().catch(""),
  metadata: z.object({
    name: z.string(),
    namespace: z.string().optional(),
    annotations: z.record(z.string(), z.string()).catch({}),
    managedFields: z
      .array(z.object({ manager: z.string().catch(""), apiVersion: z.string().catch("") }))
      .catch([]),
  }),
});

/** None where nothing is removed. The server itself reads stored objects in a version that it has: their authors don't. */
export function noRemovedObjects({ kubernetes }: UpgradeHop): LiveCheck[] {
  const removed = removedApis[kubernetes] ?? [];
  if (removed.length === 0) return [];
  return [
    {
      id: "REMOVED-APIS",
      group: "cluster",
      proves: `nobody writes objects in a version that Kubernetes ${kubernetes} no longer serves`,
      asks: removed.map(({ resources }) => `kubectl get ${resources.join(",")} -A --show-managed-fields`),
      offline: "none: teams' manifests are theirs",
      applies: always,
      judge: (_, told) => {
        const notes = new Notes(told);
        for (const { apiVersion, resources } of removed) {
          const found = notes.objects(Written, resources.join(","), "-A", "--show-managed-fields");
          for (const { kind, metadata } of found ?? []) {
            const { name, namespace, annotations, managedFields } = metadata;
            const by = managedFields.find((each) => each.apiVersion === apiVersion)?.manager;
            const isApplied = annotations[LAST_APPLIED]?.includes(`"apiVersion":"${apiVersion}"`) === true;
            if (by === undefined && !isApplied) continue;
            const object = `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
            notes.fault(`${object} is written as ${apiVersion}${by === undefined ? "" : ` by ${by}`}`);
          }
          if (found !== undefined) notes.seen(`nobody writes ${apiVersion}`);
        }
        return notes.outcome();
      },
    },
  ];
}
