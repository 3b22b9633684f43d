import { stringify } from "yaml";
import type { ChartValues } from "../../modules/chart-values";
import { mirrored } from "../../modules/mirrored-image";
import { priorityClass, spreadOverZones, systemTolerations } from "../../modules/platform-pods";

export interface ArgoCdSettings {
  readonly host?: string;
  readonly sso?: {
    readonly issuer: string;
    /** Kubernetes secret with `clientID` and `clientSecret`, labelled as part of Argo CD. */
    readonly secret: string;
    readonly adminGroups: readonly string[];
  };
  /** Groups that may see and sync a team's applications, by team. */
  readonly teamGroups: Readonly<Record<string, readonly string[]>>;
  /** Make ServiceMonitors: Prometheus's kinds are there. */
  readonly monitored: boolean;
  readonly imageMirror?: string;
  /** Load balancers reach the server by a port of the nodes. @default false */
  readonly nodePort?: boolean;
}

/** Values of the argo-cd chart, 10.1: every part twice or more, but notifications, which the chart has once. */
export function argoCdValues(settings: ArgoCdSettings): ChartValues {
  const { host, sso, monitored, imageMirror: mirror } = settings;
  const metrics = { metrics: { enabled: true, serviceMonitor: { enabled: monitored } } };
  const budget = { pdb: { enabled: true, minAvailable: 1 } };
  const scaled = { autoscaling: { enabled: true, minReplicas: 2, maxReplicas: 5 }, ...budget, ...metrics };
  return {
    global: {
      ...(host !== undefined && { domain: host }),
      ...(mirror !== undefined && { image: { repository: mirrored("quay.io/argoproj/argocd", mirror) } }),
      tolerations: systemTolerations,
      priorityClassName: priorityClass.critical,
      topologySpreadConstraints: spreadOverZones({ "app.kubernetes.io/part-of": "argocd" }),
      // Policies of the platform decide who reaches Argo CD (platform-namespace.ts): the chart's own let no gateway in.
      networkPolicy: { create: false },
    },
    crds: { install: true, keep: true },
    "redis-ha": redisValues(mirror),
    // Controllers share out clusters: with one cluster, one controller has it and the other has none.
    controller: { replicas: 2, ...budget, ...metrics },
    server: {
      ...scaled,
      ingress: { enabled: false },
      ...(settings.nodePort === true && { service: { type: "NodePort" } }),
    },
    repoServer: scaled,
    applicationSet: { replicas: 2, ...budget, ...metrics },
    notifications: { enabled: true, ...metrics },
    // OIDC without Dex: it would only stand in between.
    dex: { enabled: false },
    configs: {
      cm: {
        // By annotation: the label app.kubernetes.io/instance is Helm's, and Argo CD would take its objects for its own.
        "application.resourceTrackingMethod": "annotation",
        "admin.enabled": sso === undefined,
        ...(host !== undefined && { url: `https://${host}` }),
        ...(sso && { "oidc.config": oidc(sso) }),
      },
      rbac: { "policy.default": "", scopes: "[groups]", "policy.csv": rbac(settings) },
    },
  };
}

function redisValues(mirror: string | undefined): ChartValues {
  const library = "ecr-public.aws.com/docker/library";
  const image = (name: string) =>
    mirror === undefined ? {} : { image: { repository: mirrored(`${library}/${name}`, mirror) } };
  const placed = { tolerations: systemTolerations, priorityClassName: priorityClass.critical };
  return {
    enabled: true,
    ...image("redis"),
    ...placed,
    haproxy: { enabled: true, ...image("haproxy"), ...placed },
  };
}

function oidc({ issuer, secret }: NonNullable<ArgoCdSettings["sso"]>): string {
  return stringify({
    name: "SSO",
    issuer,
    // Argo CD reads `$<secret>:<key>` when somebody signs in; nothing secret is in this ConfigMap.
    clientID: `$${secret}:clientID`,
    clientSecret: `$${secret}:clientSecret`,
    requestedScopes: ["openid", "profile", "email", "groups"],
  });
}

/** Casbin policy: administrators everything, a team its own project, everybody else nothing. */
function rbac({ sso, teamGroups }: ArgoCdSettings): string {
  const admins = (sso?.adminGroups ?? []).map((group) => `g, ${quoted(group)}, role:admin`);
  const teams = Object.entries(teamGroups).flatMap(([team, groups]) => [
    `p, role:${team}, applications, get, ${team}/*, allow`,
    `p, role:${team}, applications, sync, ${team}/*, allow`,
    `p, role:${team}, logs, get, ${team}/*, allow`,
    ...groups.map((group) => `g, ${quoted(group)}, role:${team}`),
  ]);
  return [...admins, ...teams, ""].join("\n");
}

/** A comma or blank inside a group's name would end the field. */
function quoted(group: string): string {
  return /[\s,"]/.test(group) ? `"${group.replaceAll('"', '""')}"` : group;
}
