import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import type { MeshFlow } from "../../src/reachability/mesh/mesh-flow";
import type { Flow } from "../../src/reachability/policy/decide";
import type { Peer, Pods } from "../../src/reachability/policy/peers";

export interface OracleSide {
  readonly verdict: string;
  readonly why?: string;
  readonly by?: readonly string[];
  readonly proxy?: string;
}

export interface OracleAnswer {
  readonly name: string;
  readonly verdict: string;
  readonly engines: readonly {
    readonly engine: string;
    readonly egress?: OracleSide;
    readonly ingress?: OracleSide;
    readonly sidecar?: OracleSide;
    readonly authorization?: OracleSide;
    readonly error?: string;
  }[];
}

export interface OracleCase {
  readonly manifests: readonly unknown[];
  readonly pods: readonly Pods[];
  readonly dns: readonly Pods[];
  readonly flows: readonly (Flow | MeshFlow)[];
  /** Values of Cilium's chart; absent: Cilium is not there. */
  readonly values?: Readonly<Record<string, unknown>>;
  /** Settings of istiod: the mesh is asked, and nothing else. */
  readonly meshConfig?: Readonly<Record<string, unknown>>;
}

/**
 * What the engines' own code says.
 *
 * @param program called as `program OUT --target prod-us-east-1 --manifests FILE --queries FILE --json`, with OUT as synthesized
 */
export function askOracle(
  program: string,
  work: string,
  { manifests, pods, dns, flows, values, meshConfig }: OracleCase,
): { readonly notes: readonly string[]; readonly answers: readonly OracleAnswer[] } {
  const stack = path.join(work, "out", "stacks", "prod-us-east-1-cni");
  fs.mkdirSync(stack, { recursive: true });
  const releases = {
    ...(values && {
      cilium: release("cilium", "kube-system", "https://helm.cilium.io", "1.19.6", values),
    }),
    // Without it a mesh that has no object of Istio's would not be asked at all.
    ...(meshConfig && {
      istiod: release(
        "istiod",
        "istio-system",
        "https://istio-release.storage.googleapis.com/charts",
        "1.29.6",
        { meshConfig },
      ),
    }),
  };
  write(path.join(stack, "cdk.tf.json"), {
    terraform: {},
    ...(Object.keys(releases).length > 0 && { resource: { helm_release: releases } }),
  });
  write(path.join(work, "manifests.json"), { apiVersion: "v1", kind: "List", items: manifests });
  write(path.join(work, "queries.json"), {
    pods: Object.fromEntries(pods.map((each) => [each.name, podOf(each)])),
    dns: dns.map(({ name }) => name),
    ...(meshConfig && { mesh: { meshConfig, analyze: false } }),
    queries: flows.map((flow, index) => ({
      name: String(index),
      from: peerOf(flow.from),
      to: peerOf(flow.to),
      port: flow.port,
      protocol: flow.transport,
      ...(flow.request && { http: flow.request }),
      ...("lookup" in flow && flow.lookup !== undefined && { dns: flow.lookup }),
    })),
  });
  const engine = meshConfig ? "istio" : values === undefined ? "networkpolicy" : "cilium";
  const args = [path.join(work, "out"), "--target", "prod-us-east-1", "--engine", engine];
  const { stdout, stderr, status } = spawnSync(
    program,
    [
      ...args,
      "--manifests",
      path.join(work, "manifests.json"),
      "--queries",
      path.join(work, "queries.json"),
      "--json",
    ],
    { encoding: "utf8", maxBuffer: 1 << 28 },
  );
  if (status !== 0) throw new Error(`${program} failed: ${stderr}`);
  return JSON.parse(stdout) as { notes: string[]; answers: OracleAnswer[] };
}

function release(name: string, namespace: string, repository: string, version: string, values: unknown) {
  return { name, namespace, chart: name, repository, version, values: [JSON.stringify(values)] };
}

function write(file: string, value: unknown): void {
  fs.writeFileSync(file, JSON.stringify(value));
}

function podOf({ namespace, labels, serviceAccount, ports, hostNetwork, address, cluster }: Pods): unknown {
  return {
    namespace,
    labels,
    serviceAccount,
    ports: Object.fromEntries(ports.map((each) => [each.name, `${each.port}/${each.protocol}`])),
    ...(hostNetwork && { hostNetwork }),
    ...(address !== undefined && { ip: address }),
    ...(cluster !== undefined && { cluster }),
  };
}

function peerOf(peer: Peer): unknown {
  switch (peer.kind) {
    case "pods":
      return peer.name;
    case "entity":
      return { entity: peer.entity, ...(peer.address !== undefined && { ip: peer.address }) };
    case "address":
      return peer.address;
    case "name":
      return { fqdn: peer.name, ...(peer.address !== undefined && { ip: peer.address }) };
  }
}
