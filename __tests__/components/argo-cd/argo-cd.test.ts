import { parse } from "yaml";
import { type ArgoCdSettings, argoCdValues } from "../../../src/components/argo-cd/argo-cd-values";
import { argoRolloutsValues } from "../../../src/components/argo-rollouts/argo-rollouts";
import {
  fleetManifests,
  type FleetSettings,
  teamApplications,
  teamProject,
} from "../../../src/components/argo-cd/fleet-applications";

const settings: ArgoCdSettings = { teamGroups: {}, monitored: false };
const sso = { issuer: "https://login.corp", secret: "argocd-sso", adminGroups: ["platform"] };
const fleet: FleetSettings = {
  namespace: "argocd",
  repo: { url: "https://git.corp/fleet.git", revision: "main", path: "apps" },
  environment: "prod",
  clusterName: "prod-us-east-1",
  teams: {},
  cluster: { workspace: "prod-us-east-1", namespaces: ["ledger", "payments"] },
};
const team = { namespaces: ["payments", "ledger"], repositories: ["https://git.corp/payments.git"] };

interface Configs {
  readonly cm: Readonly<Record<string, unknown>>;
  readonly rbac: Readonly<Record<string, string>>;
}
const configsOf = (values: ArgoCdSettings) => argoCdValues(values).configs as unknown as Configs;

test("every part that can run twice does", () => {
  expect(argoCdValues(settings)).toMatchObject({
    "redis-ha": { enabled: true },
    controller: { replicas: 2 },
    applicationSet: { replicas: 2 },
    server: { autoscaling: { enabled: true, minReplicas: 2 } },
    repoServer: { autoscaling: { enabled: true, minReplicas: 2 } },
  });
});

test("the chart's network policies are off: they let no gateway in", () => {
  expect(argoCdValues(settings)).toMatchObject({ global: { networkPolicy: { create: false } } });
});

test("keys that the chart no longer has are not written", () => {
  expect(argoCdValues(settings).applicationSet).not.toHaveProperty("enabled");
});

test("monitors are made only where Prometheus has its kinds", () => {
  expect(JSON.stringify(argoCdValues(settings))).not.toContain('"serviceMonitor":{"enabled":true}');
  expect(argoCdValues({ ...settings, monitored: true }).server).toMatchObject({
    metrics: { serviceMonitor: { enabled: true } },
  });
});

test("sign-in is by reference to a secret, and the built-in admin is off then", () => {
  const { cm } = configsOf({ ...settings, host: "argocd.corp", sso });

  expect(cm).toMatchObject({ "admin.enabled": false, url: "https://argocd.corp" });
  expect(parse(String(cm["oidc.config"]))).toMatchObject({
    issuer: "https://login.corp",
    clientID: "$argocd-sso:clientID",
    clientSecret: "$argocd-sso:clientSecret",
  });
  expect(configsOf(settings).cm["admin.enabled"]).toBe(true);
});

test("a team may see and sync its own project; who is in no group may see nothing", () => {
  const { rbac } = configsOf({
    ...settings,
    sso,
    teamGroups: { payments: ["devs", "CN=Payments, OU=Teams"] },
  });

  expect(rbac["policy.default"]).toBe("");
  expect(rbac["policy.csv"]?.split("\n")).toEqual([
    "g, platform, role:admin",
    "p, role:payments, applications, get, payments/*, allow",
    "p, role:payments, applications, sync, payments/*, allow",
    "p, role:payments, logs, get, payments/*, allow",
    "g, devs, role:payments",
    'g, "CN=Payments, OU=Teams", role:payments',
    "",
  ]);
});

test("images come from the mirror, under the names of their origin", () => {
  const text = JSON.stringify([
    argoCdValues({ ...settings, imageMirror: "mirror.corp" }),
    argoRolloutsValues({ monitored: false, imageMirror: "mirror.corp" }),
  ]);
  const images = text.match(/"(repository|registry)":"[^"]+"/g) ?? [];

  expect(images).toHaveLength(4);
  expect(images.filter((image) => !image.includes('"mirror.corp/'))).toEqual([]);
});

test("Rollouts writes only resources of what the platform has", () => {
  expect(argoRolloutsValues({ monitored: false }).providerRBAC).toMatchObject({
    providers: { istio: true, gatewayAPI: true, awsAppMesh: false, traefik: false },
  });
});

test("a project is its team's namespaces and repositories, without what limits the team", () => {
  expect(teamProject("payments", team, fleet)).toMatchObject({
    spec: {
      sourceRepos: ["https://git.corp/fleet.git", "https://git.corp/payments.git"],
      destinations: [{ namespace: "ledger" }, { namespace: "payments" }],
      clusterResourceWhitelist: [],
      namespaceResourceBlacklist: expect.arrayContaining([
        { group: "networking.k8s.io", kind: "NetworkPolicy" },
        { group: "", kind: "ResourceQuota" },
      ]) as unknown,
    },
  });
});

// What admission refuses whatever it says (docs/components/policies.md), Argo CD would write with its own rights.
test.each([
  ["external-secrets.io", "SecretStore"],
  ["external-secrets.io", "PushSecret"],
  ["generators.external-secrets.io", "ECRAuthorizationToken"],
  ["generators.external-secrets.io", "STSSessionToken"],
  ["generators.external-secrets.io", "VaultDynamicSecret"],
  ["generators.external-secrets.io", "GeneratorState"],
  ["elbv2.k8s.aws", "TargetGroupBinding"],
  ["vpcresources.k8s.aws", "SecurityGroupPolicy"],
  ["awspca.cert-manager.io", "AWSPCAIssuer"],
  ["externaldns.k8s.io", "DNSEndpoint"],
])("a team's applications hold no object by which a controller lends it rights: %s %s", (group, kind) => {
  expect(teamProject("payments", team, fleet)).toHaveProperty(
    "spec.namespaceResourceBlacklist",
    expect.arrayContaining([{ group, kind }]),
  );
});

test("each cluster takes its environment's folders, by project, and makes no namespace", () => {
  expect(teamApplications("payments", team, fleet)).toMatchObject({
    kind: "ApplicationSet",
    spec: {
      generators: [{ git: { directories: [{ path: "apps/prod/payments/*" }] } }],
      syncPolicy: { preserveResourcesOnDeletion: true },
      template: {
        spec: {
          project: "payments",
          syncPolicy: {
            syncOptions: expect.arrayContaining(["CreateNamespace=false"]) as unknown,
          },
          ignoreDifferences: [{ kind: "Deployment" }, { kind: "Rollout" }],
        },
      },
    },
  });
});

test("without projects, a folder of the cluster's for each namespace is an application in it", () => {
  const one = fleetManifests({ ...fleet, repo: { ...fleet.repo, path: "clusters" } });

  expect(one).toMatchObject({
    "project-fleet": {
      kind: "AppProject",
      spec: {
        sourceRepos: ["https://git.corp/fleet.git"],
        destinations: [{ namespace: "ledger" }, { namespace: "payments" }],
        clusterResourceWhitelist: [],
      },
    },
    "applications-fleet": {
      kind: "ApplicationSet",
      spec: {
        generators: [{ git: { directories: [{ path: "clusters/prod-us-east-1/*" }] } }],
        template: {
          metadata: { name: "{{ .path.basenameNormalized }}" },
          spec: { project: "fleet", destination: { namespace: "{{ .path.basename }}" } },
        },
      },
    },
  });
});

test("with projects, folders are those of teams alone", () => {
  expect(Object.keys(fleetManifests({ ...fleet, teams: { payments: team } }))).toEqual([
    "project-payments",
    "applications-payments",
  ]);
});

test("with neither projects nor namespaces, nothing is deployed", () => {
  expect(fleetManifests({ ...fleet, cluster: { workspace: "prod-us-east-1", namespaces: [] } })).toEqual({});
});
