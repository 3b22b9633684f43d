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
  /** Without teams: what the cluster's own folders are, and the namespaces that they may be named after. */
  readonly cluster: { readonly workspace: string; readonly namespaces: readonly string[] };
}

/** Project and ApplicationSet of a cluster without teams. */
const FLEET = "fleet";

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

/** A project and an ApplicationSet for each team; without any, one pair over a folder for each namespace. */
export function fleetManifests(settings: FleetSettings): Record<string, Manifest> {
  const { teams, cluster } = settings;
  const ofTeams = Object.keys(teams)
    .sort()
    .flatMap((team): [string, Manifest][] => {
      const spec = teams[team];
      if (spec === undefined) return [];
      return [
        [`project-${team}`, teamProject(team, spec, settings)],
        [`applications-${team}`, teamApplications(team, spec, settings)],
      ];
    });
  if (ofTeams.length > 0 || cluster.namespaces.length === 0) return Object.fromEntries(ofTeams);
  const { namespaces } = cluster;
  return {
    [`project-${FLEET}`]: teamProject(FLEET, { namespaces, repositories: [] }, settings),
    [`applications-${FLEET}`]: namespaceApplications(settings),
  };
}

/**
 * An application for each folder `<path>/<environment>/<team>/<application>` of a team. Every cluster of the fleet reads
 * the same repository and takes its own environment's folders; a cluster's own values are in
 * `values-<cluster>.yaml` beside them.
 */
export function teamApplications(team: string, spec: Team, settings: FleetSettings): Manifest {
  const { repo, environment } = settings;
  const [first = team] = [...spec.namespaces].sort();
  return applicationSet(settings, {
    project: team,
    folders: `${repo.path}/${environment}/${team}/*`,
    application: `${team}-{{ .path.basenameNormalized }}`,
    labels: { "octarine/team": team },
    namespace: first,
  });
}

/**
 * An application for each folder `<path>/<environment>-<region>/<namespace>`. What the generator knows of a folder: its last
 * name as it is, which is the namespace, and as an application's name (argoproj/argo-cd v3.4.5, applicationset/generators/git.go,
 * generateParamsFromApps; `*` is one name, path.Match). The project refuses a folder of another namespace, and Argo CD says so.
 */
function namespaceApplications(settings: FleetSettings): Manifest {
  const { repo, cluster } = settings;
  return applicationSet(settings, {
    project: FLEET,
    folders: `${repo.path}/${cluster.workspace}/*`,
    application: "{{ .path.basenameNormalized }}",
    labels: {},
    namespace: "{{ .path.basename }}",
  });
}

interface Folders {
  readonly project: string;
  /** A pattern: each folder that it matches is an application. */
  readonly folders: string;
  /** Name of the application. */
  readonly application: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly namespace: string;
}

function applicationSet({ namespace, repo, clusterName }: FleetSettings, of: Folders): Manifest {
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "ApplicationSet",
    metadata: { name: of.project, namespace },
    spec: {
      goTemplate: true,
      goTemplateOptions: ["missingkey=error"],
      generators: [
        { git: { repoURL: repo.url, revision: repo.revision, directories: [{ path: of.folders }] } },
      ],
      // A folder that goes away takes its application along, and leaves what runs: deleting is for a person.
      syncPolicy: { preserveResourcesOnDeletion: true },
      template: {
        metadata: {
          name: of.application,
          labels: { "octarine/cluster": clusterName, ...of.labels },
        },
        spec: {
          project: of.project,
          source: { repoURL: repo.url, targetRevision: repo.revision, path: "{{ .path.path }}" },
          destination: { server: IN_CLUSTER, namespace: of.namespace },
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
