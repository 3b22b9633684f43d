import { undeliveredKinds } from "../foreign-kinds";
import type { Manifest } from "../../modules/manifest";

export interface Team {
  readonly namespaces: readonly string[];
  readonly repositories: readonly string[];
}

export interface FleetSettings {
  readonly namespace: string;
  readonly repo: { readonly url: string; readonly revision: string; readonly path: string };
  readonly environment: string;
  readonly clusterName: string;
  readonly teams: Readonly<Record<string, Team>>;
}

const IN_CLUSTER = "https://kubernetes.default.svc";

/**
 * What a team's applications may touch: its namespaces, and there nothing that limits the team or lends it the rights of
 * others. Namespaces, quotas and policies are Octarine's, so that the two never write the same object.
 */
export function teamProject(
  team: string,
  { namespaces, repositories }: Team,
  { namespace, repo }: Pick<FleetSettings, "namespace" | "repo">,
): Manifest {
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "AppProject",
    metadata: { name: team, namespace },
    spec: {
      description: `Applications of ${team}`,
      sourceRepos: [...new Set([repo.url, ...repositories])].sort(),
      destinations: [...namespaces].sort().map((each) => ({ server: IN_CLUSTER, namespace: each })),
      clusterResourceWhitelist: [],
      namespaceResourceBlacklist: [
        { group: "", kind: "ResourceQuota" },
        { group: "", kind: "LimitRange" },
        { group: "networking.k8s.io", kind: "NetworkPolicy" },
        { group: "cilium.io", kind: "CiliumNetworkPolicy" },
        ...undeliveredKinds.map((each) => ({ ...each })),
      ],
      orphanedResources: { warn: true },
    },
  };
}

/**
 * An application for each folder `<path>/<environment>/<team>/<application>` of a team. Every cluster of the fleet reads
 * the same repository and takes its own environment's folders; a cluster's own values are in
 * `values-<cluster>.yaml` beside them.
 */
export function teamApplications(team: string, spec: Team, settings: FleetSettings): Manifest {
  const { namespace, repo, environment, clusterName } = settings;
  const [first = team] = [...spec.namespaces].sort();
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "ApplicationSet",
    metadata: { name: team, namespace },
    spec: {
      goTemplate: true,
      goTemplateOptions: ["missingkey=error"],
      generators: [
        {
          git: {
            repoURL: repo.url,
            revision: repo.revision,
            directories: [{ path: `${repo.path}/${environment}/${team}/*` }],
          },
        },
      ],
      // A folder that goes away takes its application along, and leaves what runs: deleting is for a person.
      syncPolicy: { preserveResourcesOnDeletion: true },
      template: {
        metadata: {
          name: `${team}-{{ .path.basenameNormalized }}`,
          labels: { "octarine/cluster": clusterName, "octarine/team": team },
        },
        spec: {
          project: team,
          source: { repoURL: repo.url, targetRevision: repo.revision, path: "{{ .path.path }}" },
          destination: { server: IN_CLUSTER, namespace: first },
          syncPolicy: {
            automated: { prune: true, selfHeal: true },
            // Namespaces are made by Octarine with their labels and quotas.
            syncOptions: ["CreateNamespace=false", "ServerSideApply=true"],
            retry: { limit: 5, backoff: { duration: "10s", factor: 2, maxDuration: "5m" } },
          },
          // Replicas are an autoscaler's; without it each sync would set them back.
          ignoreDifferences: [
            { group: "apps", kind: "Deployment", jsonPointers: ["/spec/replicas"] },
            { group: "argoproj.io", kind: "Rollout", jsonPointers: ["/spec/replicas"] },
          ],
        },
      },
    },
  };
}
