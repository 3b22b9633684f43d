import { ENVIRONMENT, NETWORK, problemsIn, warningsOf } from "../../support/problems";

const repo = 'repo: { url: "https://git.corp/fleet.git" }';
const gitops = (rest: string) => `${NETWORK}gitops: { ${repo}${rest} }\n`;

test("a valid gitops section is accepted", () => {
  expect(problemsIn(gitops(", projects: { payments: { namespaces: [payments] } }"))).toEqual([]);
});

test.each<[string, string, string]>([
  [
    "a repository that is none",
    `${NETWORK}gitops: { repo: { url: fleet } }\n`,
    "envs/dev/us-east-1.yaml:4:24  gitops.repo.url: fleet  is not a Git repository; write https://host/path.git or git@host:path.git",
  ],
  [
    "sign-in without a name",
    `${gitops(', argocd: { sso: { issuer: "https://login.corp", secret: { store: app, name: dev/sso } } }')}secrets: { stores: { app: { paths: [dev/], namespaces: [argocd] } } }\n`,
    "envs/dev/us-east-1.yaml:4:66  gitops.argocd.sso  sends users back to Argo CD, which has no host name; write gitops.argocd.host",
  ],
  [
    "a namespace of the platform",
    gitops(", projects: { payments: { namespaces: [kube-system] } }"),
    "envs/dev/us-east-1.yaml:4:93  gitops.projects.payments.namespaces[0]: kube-system  is the platform's, which Terraform owns; write a namespace of the team",
  ],
  [
    "a namespace of two teams",
    gitops(", projects: { a: { namespaces: [shop] }, b: { namespaces: [shop] } }"),
    "envs/dev/us-east-1.yaml:4:113  gitops.projects.b.namespaces[0]: shop  is a's already, and two teams would undo each other's objects; write another",
  ],
  [
    "a team that would have Argo CD's role for everything",
    gitops(", projects: { admin: { namespaces: [shop], groups: [devs] } }"),
    "envs/dev/us-east-1.yaml:4:68  gitops.projects.admin: admin  is the name of Argo CD's own role of everything; write another",
  ],
  [
    "a team whose project Argo CD makes itself",
    gitops(", projects: { default: { namespaces: [shop] } }"),
    "envs/dev/us-east-1.yaml:4:68  gitops.projects.default: default  is the name of Argo CD's own project; write another",
  ],
  [
    "too few nodes for its Redis",
    `${gitops("")}nodes: { main: { size: { min: 1, max: 2 } } }\n`,
    "envs/dev/us-east-1.yaml:4:1  gitops  needs 3 nodes for its Redis, and the node groups have at most 2; raise size.max",
  ],
  [
    "credentials from a store that is not there",
    `${NETWORK}gitops: { repo: { url: "https://git.corp/fleet.git", credentials: { store: app, name: dev/git } } }\n`,
    "envs/dev/us-east-1.yaml:4:76  gitops.repo.credentials.store: app  is not a store of External Secrets; add secrets.stores.app with namespaces: [argocd]",
  ],
  [
    "a repository by SSH without a key",
    `${NETWORK}gitops: { repo: "git@git.corp:fleet.git" }\n`,
    "envs/dev/us-east-1.yaml:4:17  gitops.repo: git@git.corp:fleet.git  is read by SSH, which asks for a key of public repositories, too; write repo: { url, credentials: { store, name } } with a secret that has sshPrivateKey, or an address of https",
  ],
  [
    "an address that is none",
    `${NETWORK}gitops: { repo: fleet }\n`,
    "envs/dev/us-east-1.yaml:4:17  gitops.repo: fleet  is not a Git repository; write https://host/path.git or git@host:path.git",
  ],
])("refuses %s", (_what, text, problem) => {
  expect(problemsIn(text)).toEqual([problem]);
});

// What Terraform makes, an application could undo.
test.each([
  ...["kube-system", "kube-public", "kube-anything", "spire-server", "spire-anything", "spire"],
  ...["argocd", "argo-rollouts", "monitoring", "external-secrets", "istio-system", "velero", "cert-manager"],
  ...["karpenter", "keda", "gateways", "istio-ingress", "amazon-cloudwatch"],
])("refuses the platform's namespace %s to a team", (namespace) => {
  expect(problemsIn(gitops(`, projects: { payments: { namespaces: [${namespace}] } }`))).toEqual([
    expect.stringContaining(
      `${namespace}  is the platform's, which Terraform owns; write a namespace of the team`,
    ),
  ]);
});

test("refuses the collector's namespace to a team", () => {
  const collector = "observability: { openTelemetry: { traces: { kind: xray }, namespace: tracing } }\n";

  expect(problemsIn(gitops(", projects: { payments: { namespaces: [tracing] } }") + collector)).toEqual([
    expect.stringContaining(
      "tracing  is the platform's, which Terraform owns; write a namespace of the team",
    ),
  ]);
});

test.each(["kubernetes-docs", "my-kube-system", "spirea", "monitoring-app"])(
  "accepts %s, which only looks like one of the platform",
  (namespace) => {
    expect(problemsIn(gitops(`, projects: { payments: { namespaces: [${namespace}] } }`))).toEqual([]);
  },
);

test("a repository alone is enough, and what may be missing is told", () => {
  const yaml = `${NETWORK}gitops: { repo: "https://git.corp/fleet.git" }\n`;
  const warned = warningsOf({ "dev/environment.yaml": ENVIRONMENT, "dev/us-east-1.yaml": yaml }).join("\n");

  expect(problemsIn(yaml)).toEqual([]);
  expect(warned).toContain("write credentials: { store, name }, whose secret has username and password");
  expect(warned).toContain("folders clusters/dev-us-east-1/<namespace> in the repository, or projects");
});
