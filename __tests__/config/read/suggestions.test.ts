import { ENVIRONMENT, NETWORK, problemsIn, problemsOf, warningsOf } from "../../support/problems";
import { closestOf, nearestOf } from "../../../src/text/nearest";

const said = (text: string, environment = ENVIRONMENT) =>
  problemsIn(text, environment).map((line) => line.replace(/^\S+ {2}/, ""));
const cni = (value: string) => ENVIRONMENT.replace("{ kind: cilium-eni }", value);

describe("a key that is not known at its place", () => {
  test.each([
    [
      "another case, and only once",
      NETWORK.replace("vpcCidr", "vpcCIDR"),
      "network.vpcCIDR  is not a known key; did you mean vpcCidr?",
    ],
    [
      "dashes",
      NETWORK.replace("vpcCidr", "vpc-cidr"),
      "network.vpc-cidr  is not a known key; did you mean vpcCidr?",
    ],
    [
      "a slip",
      `${NETWORK}  egres: { kind: nat-single }\n`,
      "network.egres  is not a known key; did you mean egress?",
    ],
    ["a plural", `${NETWORK}backups: {}\n`, "backups  is not a known key; did you mean backup?"],
    [
      "a key of another place",
      `${NETWORK}endpoints: {}\n`,
      "endpoints  is not a known key; did you mean network.endpoints?",
    ],
    [
      "Kubernetes's version, as everywhere else",
      `${NETWORK}cluster: { version: "1.35" }\n`,
      "cluster.version  is not a known key; Kubernetes's version comes with release; another one is versions.kubernetes",
    ],
    [
      "cert-manager",
      `${NETWORK}certManager: {}\n`,
      "certManager  is not a known key; write ingress.certificates",
    ],
    ["Istio", `${NETWORK}istio: {}\n`, "istio  is not a known key; write mesh: { kind: istio }"],
    ["Argo CD", `${NETWORK}argo-cd: {}\n`, "argo-cd  is not a known key; write gitops"],
    [
      "eksctl's groups",
      `${NETWORK}managedNodeGroups: {}\n`,
      "managedNodeGroups  is not a known key; write nodes",
    ],
    [
      "the VPC module's zones",
      `${NETWORK}  azs: [a]\n`,
      "network.azs  is not a known key; write network.zones",
    ],
  ])("leads to the right one: %s", (_what, text, problem) => {
    expect(said(text)).toEqual([problem]);
  });
});

// Sources: EKS User Guide, "Simplify compute management with AWS Fargate", "Create a cluster with Amazon EKS Auto Mode",
// "Learn how EKS Pod Identity grants pods access" (not on Outposts); Cilium docs, "System Requirements" (Linux) and
// "Kubernetes Host Scope" (podCIDR of each node); EKS User Guide, "Guide to EKS AL2 & AL2-Accelerated AMIs transition".
describe("what EKS has and this platform does not is refused with the reason", () => {
  test.each([
    ["Fargate", `${NETWORK}fargateProfiles: {}\n`, /^fargateProfiles .*runs no DaemonSet/],
    ["Auto Mode of eksctl", `${NETWORK}autoModeConfig: { enabled: true }\n`, /Auto Mode brings the VPC CNI/],
    [
      "Auto Mode of the EKS module",
      `${NETWORK}cluster: { compute_config: {} }\n`,
      /Auto Mode brings the VPC CNI/,
    ],
    ["Windows", `${NETWORK}cluster: { enableWindowsSupport: true }\n`, /cluster of their own/],
    ["hybrid nodes", `${NETWORK}cluster: { remoteNetworkConfig: {} }\n`, /network\.peers/],
    ["Outposts", `${NETWORK}outpost: {}\n`, /no Pod Identity/],
    ["Cilium's ipam.mode", `${NETWORK}ipam: { mode: kubernetes }\n`, /never gives/],
  ])("%s", (_what, text, problem) => {
    expect(said(text)).toEqual([expect.stringMatching(problem)]);
  });

  test.each([
    [
      "an AMI of Windows",
      "{ main: { ami: windows-2022 } }",
      /^nodes\.main\.ami: windows-2022 .*cluster of their own$/,
    ],
    ["Amazon Linux 2", "{ main: { ami: AmazonLinux2 } }", /^nodes\.main\.ami: AmazonLinux2 .*choose al2023$/],
  ])("%s", (_what, nodes, problem) => {
    expect(said(`${NETWORK}nodes: ${nodes}\n`)).toContainEqual(expect.stringMatching(problem));
  });

  test("IPAM modes of Cilium as a CNI", () => {
    expect(said(NETWORK, cni("{ kind: kubernetes }"))).toEqual([
      expect.stringMatching(
        /^cni\.kind: kubernetes .*ipam\.mode=kubernetes waits for a podCIDR on each node/,
      ),
    ]);
  });
});

describe("a choice", () => {
  test.each([
    [
      "a word where a map should be",
      NETWORK,
      cni("cilium"),
      "cni: cilium  is text, not a map; write cni: { kind: cilium-eni | cilium-overlay | cilium-chaining }",
    ],
    [
      "the whole word",
      NETWORK,
      cni("vpc-cni"),
      "cni: vpc-cni  is text, not a map; write cni: { kind: vpc-cni }",
    ],
    [
      "its word is missing",
      NETWORK,
      cni("{ prefixDelegation: true }"),
      "cni.kind  is missing; choose cilium-eni, cilium-overlay, cilium-chaining or vpc-cni",
    ],
    [
      "a mesh by its name",
      `${NETWORK}mesh: istio\n`,
      ENVIRONMENT,
      "mesh: istio  is text, not a map; write mesh: { kind: istio }",
    ],
  ])("is named where it is not made: %s", (_what, text, environment, problem) => {
    expect(said(text, environment)).toEqual([problem]);
  });
});

test("a number where text is needed is shown as it was written, in quotes", () => {
  expect(said(NETWORK, ENVIRONMENT.replace('"2026.11"', "2026.10"))).toEqual([
    'release: 2026.10  is a number; put it in quotes: "2026.10" (one of 2025.09, 2026.11)',
  ]);
  expect(said(`${NETWORK}tags: { cost-center: 0042 }\n`)).toEqual([
    "tags.cost-center: 0042  must be text; put the tag's value in quotes",
  ]);
  expect(said(`${NETWORK}nodes: { main: { zones: [1] } }\n`)).toContain(
    'nodes.main.zones[0]: 1  is a number, and text is needed; put it in quotes: "1"',
  );
});

test("suggests zones of the target's own region", () => {
  const files = {
    "dev/environment.yaml": ENVIRONMENT,
    "dev/eu-west-1.yaml": "network: { vpcCidr: 10.0.0.0/16 }\n",
  };

  expect(problemsOf(files)).toEqual([
    'envs/dev/eu-west-1.yaml:1:1  network.zones  is missing (Availability zones of nodes, pods and endpoints); write for example zones: ["eu-west-1a","eu-west-1b","eu-west-1c"]',
  ]);
});

test("reports a thousand unknown keys as a few", () => {
  const text = `${NETWORK}${Array.from({ length: 1000 }, (_, index) => `k${index}: 1\n`).join("")}`;
  const lines = said(text);

  expect(lines).toHaveLength(21);
  expect(lines.at(-1)).toBe("has 980 more keys that are not known; remove them");
});

describe("tags that AWS refuses", () => {
  const form =
    "has a character that AWS's tags can't have; write letters, digits, spaces and _ . : / = + - @";

  test.each([
    ["a template", 'owner: "${x}"', `tags.owner: \${x}  ${form}`],
    ["a comma", "owner: a;b", `tags.owner: a;b  ${form}`],
    [
      "a name of AWS's",
      "aws:owner: a",
      'tags."aws:owner"  starts with aws:, which AWS keeps for itself; write another name',
    ],
    [
      "in any case",
      "AWS:owner: a",
      'tags."AWS:owner"  starts with aws:, which AWS keeps for itself; write another name',
    ],
    [
      "a name of ours",
      '"octarine:target": a',
      'tags."octarine:target": a  is set by the platform where it belongs; remove it',
    ],
    [
      "a name twice, to IAM",
      "owner: a, Owner: b",
      "tags  have a name twice in different case, and IAM takes them for one; keep one",
    ],
    [
      "more than fit",
      Array.from({ length: 41 }, (_, index) => `t${index}: x`).join(", "),
      "tags  are more than fit on a resource: AWS takes 50, of which the platform writes up to 10; write at most 40",
    ],
  ])("are refused: %s", (_what, tags, problem) => {
    expect(said(`${NETWORK}tags: { ${tags} }\n`)).toEqual([problem]);
  });

  test("letters of every script and spaces are none of them", () => {
    expect(said(`${NETWORK}tags: { Kostenstelle: "Züge 4+2 @ 10:30", 部门: 平台 }\n`)).toEqual([]);
  });
});

test("a region of the state that does not exist is refused", () => {
  expect(
    said(NETWORK, ENVIRONMENT.replace("state: { region: us-east-1 }", "state: { region: us-east-9 }")),
  ).toEqual(["state.region: us-east-9  is not an AWS region with EKS; did you mean us-east-1?"]);
});

test("suggests no word that is not near", () => {
  expect(nearestOf("vpcCIDR", ["zones", "vpcCidr"])).toBe("vpcCidr");
  expect(nearestOf("xyz", ["zones", "vpcCidr"])).toBeUndefined();
  expect(nearestOf("a".repeat(100_000), ["zones"])).toBeUndefined();
  expect(closestOf("xyz", ["zones", "vpcCidr"])).toBe("zones");
});

test("an account of zeros is refused", () => {
  expect(said(NETWORK, ENVIRONMENT.replace("111122223333", "000000000000"))).toEqual([
    "account.id: 000000000000  is not an account; write the 12 digits of yours",
  ]);
});

describe("a CI role that pull requests may take", () => {
  const warnings = (subject: string, kind = "github") =>
    warningsOf({
      "dev/environment.yaml": ENVIRONMENT.replace(
        '{ id: "111122223333" }',
        `{ id: "111122223333", ci: { kind: ${kind}, subjects: ["${subject}"] } }`,
      ).replace("max: 30", "max: 3"),
      "dev/us-east-1.yaml": `${NETWORK}capacity: { quotas: { vcpusOnDemand: 2000 } }\n`,
    });

  test.each(["repo:acme/platform:pull_request", "repo:acme/platform:ref:refs/pull/1/merge"])(
    "is told of: %s",
    (subject) => {
      expect(warnings(subject)).toEqual([
        "dev/us-east-1: account.ci.subjects[0]: lets the code of every pull request assume the deploy role, before anybody has reviewed it, so an environment's reviewers guard nothing; write repo:<owner>/<name>:environment:<environment>",
      ]);
    },
  );

  test("is not one of an environment", () => {
    expect(warnings("repo:acme/platform:environment:dev")).toEqual([]);
  });

  test.each([
    "project_path:acme/platform",
    "project_path:acme/platform:ref_type:branch",
    "project_path:acme/platform:environment_protected:true:deployment_tier:production",
  ])("on GitLab is one of every branch: %s", (subject) => {
    expect(warnings(subject, "gitlab")).toEqual([
      "dev/us-east-1: account.ci.subjects[0]: lets the code of every branch assume the deploy role, before anybody has reviewed it; write project_path:<group>/<project>:ref_type:branch:ref:<branch>",
    ]);
  });

  test.each([
    "project_path:acme/platform:ref_type:branch:ref:main",
    "project_path:acme/platform:ref_protected:true",
  ])("on GitLab is none of a branch that is protected: %s", (subject) => {
    expect(warnings(subject, "gitlab")).toEqual([]);
  });
});

test("a variable that is called a secret is not shown, and the name of a secret is", () => {
  const service = (more: string) =>
    `${NETWORK}namespaces: { shop: {} }\nworkloads: { web: { namespace: shop, image: "111122223333.dkr.ecr.us-east-1.amazonaws.com/web:1", ports: { http: { port: 8080, protocol: http } }, resources: { cpus: 1, memoryMiB: 64 }, ${more} } }\n`;

  expect(said(service("environment: { DB_PASSWORD: 4711 }"))).toEqual([
    "workloads.web.environment.DB_PASSWORD: (secret)  is not text; put it in quotes",
  ]);
  expect(
    said(service("secrets: { db: { kind: external-secret, store: Db_1, keys: { A: { name: a } } } }")),
  ).toContainEqual(expect.stringContaining("workloads.web.secrets.db.store: Db_1  is not a name"));
});

describe("a text that somebody else would evaluate", () => {
  test.each([
    [
      "Argo CD's template of applications",
      'gitops: { repo: { url: "https://github.com/acme/fleet.git", revision: "{{ .x }}" } }',
      "gitops.repo.revision: {{ .x }}  is not a branch, tag or commit; write for example main or v1.4.2",
    ],
    [
      "Argo CD's table of roles",
      'gitops: { repo: { url: "https://github.com/acme/fleet.git" }, projects: { shop: { namespaces: [shop], groups: ["a\\ng, everybody, role:admin"] } } }\nnamespaces: { shop: {} }',
      "gitops.projects.shop.groups[0]: a\\ng, everybody, role:admin  is not a group; write its name as the identity provider sends it, in one line",
    ],
    [
      "the collector's variables",
      'observability: { openTelemetry: { traces: { kind: otlp, endpoint: "https://a.example.com/${env:TOKEN}" } } }',
      "observability.openTelemetry.traces.endpoint: https://a.example.com/${env:TOKEN}  has ${, which the collector would take for a variable of its own; write the address",
    ],
  ])("is refused: %s", (_who, text, problem) => {
    expect(said(`${NETWORK}${text}\n`)).toContainEqual(problem);
  });
});
