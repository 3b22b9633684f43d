import { isTrue } from "../../values/value";
import { asks, type ChartPods, env } from "../chart";
import type { ChartWork } from "../chart-work";
import type { TargetSections } from "../../config/schema/sections";
import { argoCdFlows } from "./flows";
import { argoCdWork } from "./pods";
import type { ChartComponentRecord } from "../component";
import { pins } from "./pins";

/** Name of Argo CD's server: of its Service, and of its pods by `app.kubernetes.io/name` (chart argo-cd 10.1). */
export const ARGO_CD_SERVER = "argocd-server";

/** Where Argo CD runs. */
export const GITOPS_NAMESPACE = "argocd";

function argoPods(name: string, work: ChartWork, ports: Readonly<Record<string, number>> = {}): ChartPods {
  return {
    of: "argo-cd",
    labels: { "app.kubernetes.io/name": `argocd-${name}`, "app.kubernetes.io/part-of": "argocd" },
    serviceAccount: `argocd-${name}`,
    ports,
    work,
  };
}

/** Its certificate is its own, which a browser warns of. */
function argoCdLogin({ gitops }: TargetSections): string[] {
  const { sso, host = "its host" } = gitops?.argocd ?? {};
  if (sso !== undefined)
    return [
      `sign in by SSO at https://${host}; there the identity provider leads back to, and not to localhost`,
    ];
  return [
    "user admin; the first password, until somebody changes it:",
    `kubectl -n ${GITOPS_NAMESPACE} get secret argocd-initial-admin-secret -o jsonpath='{.data.password}' | base64 -d`,
  ];
}

export const argoCd: ChartComponentRecord<"argo-cd"> = {
  kind: "charts",
  name: "argo-cd",
  stack: "gitops",
  isUsed: ({ gitops }) => gitops !== undefined,
  settings: ["gitops"],
  docs: "docs/components/gitops.md",
  charts: {
    "argo-cd": {
      repository: "https://argoproj.github.io/argo-helm",
      name: "argo-cd",
      podsReadAt: ["10.1.1"],
      protections: [
        {
          path: ["configs", "params", "server.insecure"],
          isOff: isTrue,
          protects: "TLS of the Argo CD server",
        },
        { path: ["configs", "cm", "users.anonymous.enabled"], isOff: isTrue, protects: "login to Argo CD" },
        { path: ["configs", "cm", "exec.enabled"], isOff: isTrue, protects: "pods from a shell in Argo CD" },
      ],
      requests: [
        asks("controller/resources", 250, 512, 2048),
        // Both are scaled by their use of what they ask for, at half of it: idle they must be below.
        asks("server/resources", 100, 256, 512),
        asks("repoServer/resources", 100, 512, 1024),
        asks("repoServer/copyutil/resources", 10, 64, 128),
        asks("applicationSet/resources", 50, 128, 512),
        asks("notifications/resources", 25, 96, 256),
        asks("redisSecretInit/resources", 10, 64, 128),
        asks("redis-ha/redis/resources", 100, 128, 512),
        asks("redis-ha/sentinel/resources", 25, 32, 128),
        asks("redis-ha/splitBrainDetection/resources", 10, 32, 128),
        asks("redis-ha/init/resources", 10, 32, 128),
        asks("redis-ha/haproxy/resources", 50, 128, 512),
        asks("redis-ha/haproxy/init/resources", 10, 32, 128),
      ],
      // Its parts call each other by the names of their Services alone, and gRPC asks the proxy for them.
      callsOut: [
        env("global.env", [
          "argocd-repo-server",
          "argocd-server",
          "argocd-redis-ha-haproxy",
          "argocd-applicationset-controller",
        ]),
      ],
    },
  },
  pins,
  namespaces: { [GITOPS_NAMESPACE]: { open: [], metrics: [8080, 8082, 8083, 8084, 9001, 9101] } },
  uis: {
    argocd: {
      namespace: GITOPS_NAMESPACE,
      service: ARGO_CD_SERVER,
      port: 443,
      scheme: "https",
      key: "gitops",
      isThere: ({ gitops }) => gitops !== undefined,
      login: argoCdLogin,
    },
  },
  registries: ["ecr-public.aws.com", "quay.io"],
  pods: {
    "argocd-application-controller": argoPods(
      "application-controller",
      argoCdWork["argocd-application-controller"],
      { metrics: 8082 },
    ),
    "argocd-server": argoPods("server", argoCdWork["argocd-server"], { server: 8080, metrics: 8083 }),
    "argocd-repo-server": argoPods("repo-server", argoCdWork["argocd-repo-server"], {
      "repo-server": 8081,
      metrics: 8084,
    }),
    "argocd-applicationset-controller": argoPods(
      "applicationset-controller",
      argoCdWork["argocd-applicationset-controller"],
      {
        webhook: 7000,
        metrics: 8080,
      },
    ),
    "argocd-redis-ha-haproxy": {
      of: "argo-cd",
      labels: { app: "redis-ha-haproxy", "app.kubernetes.io/name": "argocd-redis-ha-haproxy" },
      serviceAccount: "argocd-redis-ha-haproxy",
      ports: { redis: 6379, "metrics-port": 9101 },
      quiet: true,
      with: "redis-ha.enabled",
      work: argoCdWork["argocd-redis-ha-haproxy"],
    },
    "argocd-redis-ha-server": {
      of: "argo-cd",
      labels: { app: "redis-ha", "argocd-redis-ha": "replica" },
      serviceAccount: "argocd-redis-ha",
      ports: { redis: 6379, sentinel: 26379 },
      quiet: true,
      with: "redis-ha.enabled",
      work: argoCdWork["argocd-redis-ha-server"],
    },
    "argocd-notifications-controller": argoPods(
      "notifications-controller",
      argoCdWork["argocd-notifications-controller"],
      { metrics: 9001 },
    ),
    "argocd-redis-secret-init": argoPods("redis-secret-init", argoCdWork["argocd-redis-secret-init"]),
  },
  flows: argoCdFlows,
  crds: {
    "argoproj.io": ["AppProject", "Application", "ApplicationSet"],
  },
  upgrade: { phase: "charts", restarts: "its components; no application" },
};
