import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { aFolder } from "./fixtures";

const workload = (name: string, replicas: number) => `
namespace: shop
image: "{account}.dkr.ecr.{region}.amazonaws.com/${name}:1.0.0"
ports:
  http: { port: 80, targetPort: 8080, protocol: http }
replicas: ${replicas}
resources: { cpus: 0.25, memoryMiB: 256 }
`;

const region = (name: string, vpcCidr: string, peer: string) => `
network:
  vpcCidr: ${vpcCidr}
  zones: [${name}a, ${name}b, ${name}c]
  connections: { peers: [${peer}] }
`;

const definition = (plural: string, kind: string) => ({
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: {
    name: `${plural}.gateway.networking.k8s.io`,
    annotations: { "gateway.networking.k8s.io/bundle-version": "v1.4.1" },
  },
  spec: { group: "gateway.networking.k8s.io", scope: "Namespaced", names: { kind, plural }, versions: [] },
});

const stays = (action: string) => ({
  Version: "2012-10-17",
  Statement: [{ Sid: "Stays", Effect: "Deny", Action: action, Resource: "*" }],
});

/** Two targets that are peers, with a file of every kind that a configuration leads to, committed on a day. */
export function projectOfAllInputs(platform = "namespaces: { shop: {} }"): string {
  const project = aFolder({
    "envs/platform.yaml": `
tags: { owner: platform }
release: "2026.11"
${platform}
waivers:
  - rule: K8S-REPLICAS
    at: helm_release.workload-pay_helm_release
    reason: the service keeps what it does in memory
    owner: platform
    expires: "2026-12-31"
`,
    "envs/workloads/shop.yaml": workload("shop", 3),
    "envs/dev/environment.yaml": `
account:
  id: "111122223333"
  scps: [{ level: root, files: [../../scps/audit.json] }]
state: { region: us-east-1 }
runner: { reach: in-vpc }
production: true
cni: { kind: cilium-eni, gatewayApi: { enabled: true } }
nodes:
  main: { instanceTypes: [m7i.large], size: { min: 3, max: 30 } }
`,
    "envs/dev/workloads/pay.yaml": workload("pay", 1),
    "envs/dev/us-east-1.yaml": region("us-east-1", "10.0.0.0/16", "dev/us-west-2"),
    "envs/dev/us-west-2.yaml": region("us-west-2", "10.1.0.0/16", "dev/us-east-1"),
    "scps/audit.json": JSON.stringify(stays("cloudtrail:StopLogging")),
    "aws-prices.json": "{}",
    "vendor/gateway-api-v1.4.1.json": JSON.stringify({
      version: "v1.4.1",
      source: "https://example.com/install.yaml",
      sha256: "0".repeat(64),
      objects: [definition("gateways", "Gateway"), definition("httproutes", "HTTPRoute")],
    }),
  });
  git(project, "2026-11-01", "init", "-q");
  commitOn("2026-11-01", project);
  return project;
}

/** Commits what is there, in the folder that the process is in, as of a day. */
export function commitOn(day: string, project = "."): void {
  git(project, day, "add", "envs");
  git(project, day, "commit", "-qm", day, "--allow-empty");
}

function git(cwd: string, day: string, ...args: string[]): void {
  const identity = ["user.name=a", "user.email=a@example.com", "commit.gpgsign=false"];
  const { status, stderr } = spawnSync("git", [...identity.flatMap((each) => ["-c", each]), ...args], {
    cwd,
    encoding: "utf8",
    env: { ...process.env, GIT_COMMITTER_DATE: `${day}T12:00:00Z` },
  });
  if (status !== 0) throw new Error(stderr);
}

/** Replaces a text in a file, which must be there. */
export function edit(file: string, from: string, to: string): void {
  const text = fs.readFileSync(file, "utf8");
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  fs.writeFileSync(file, text.replace(from, to));
}
