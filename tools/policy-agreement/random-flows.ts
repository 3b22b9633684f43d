import type { HttpRequest } from "../../src/reachability/policy/http";
import type { Entity, Peer, Pods } from "../../src/reachability/policy/peers";
import type { Flow } from "../../src/reachability/policy/decide";
import { NAMES, NAMESPACES } from "./words";
import type { NamedPort } from "../../src/reachability/policy/ports";
import type { Random } from "./random";

/** Pods that the policies may mean, in each namespace. */
export function randomPods(random: Random, cilium: boolean): [Pods, ...Pods[]] {
  const pods = NAMESPACES.flatMap((namespace) =>
    ["one", "two", "three"].map((name, index): Pods => ({
      kind: "pods",
      name: `${namespace}/${name}`,
      namespace,
      labels: {
        app: random.pick(["web", "api", "db"]),
        ...(random.chance(50) && { role: random.pick(["x", "y"]) }),
        ...(random.chance(20) && { "app.kubernetes.io/name": "web" }),
        ...(cilium && random.chance(20) && { "pod-template-hash": "abc" }),
        ...(cilium && random.chance(10) && { "kubernetes.io/foo": "x" }),
      },
      serviceAccount: random.pick(["default", "web"]),
      ports: namedPorts(random),
      address: `10.200.${NAMESPACES.indexOf(namespace)}.${index + 1}`,
      ...(random.chance(8) && { hostNetwork: true }),
      ...(random.chance(8) && { cluster: "west" }),
    })),
  );
  const [first, ...others] = pods;
  if (first === undefined) throw new Error("no pods");
  return [first, ...others];
}

function namedPorts(random: Random): NamedPort[] {
  return [
    { name: "http", port: random.chance(80) ? 8080 : 8081, protocol: "TCP" },
    ...random.many(0, 1, (): NamedPort => ({ name: "grpc", port: 9090, protocol: "TCP" })),
    ...(random.chance(20)
      ? [{ name: "metrics", port: 9091, protocol: random.pick<NamedPort["protocol"]>(["TCP", "UDP"]) }]
      : []),
  ];
}

export function randomFlows(random: Random, pods: [Pods, ...Pods[]], cilium: boolean, count: number): Flow[] {
  return Array.from({ length: count }, () => randomFlow(random, pods, cilium));
}

const ADDRESSES = ["10.1.2.3", "10.1.3.4", "10.9.9.9", "192.0.2.1", "8.8.8.8", "2001:db8::1"] as const;

function randomFlow(random: Random, pods: [Pods, ...Pods[]], cilium: boolean): Flow {
  const pod = random.pick(pods);
  // An engine that looks at addresses knows no replica of a pod by the pod's address.
  const [first, ...others] = pods.filter((each) => cilium || each !== pod);
  const other = peer(random, first === undefined ? pods : [first, ...others], cilium);
  const outgoing = other.kind === "name" || random.chance(60);
  const lookup = outgoing && other.kind === "pods" && random.chance(25) ? random.pick(NAMES) : undefined;
  return {
    from: outgoing ? pod : other,
    to: outgoing ? other : pod,
    port: lookup === undefined ? random.pick([53, 80, 443, 8080, 8080, 8081, 9090, 9091]) : 53,
    transport: lookup === undefined ? random.pick(["TCP", "TCP", "TCP", "UDP"]) : random.pick(["TCP", "UDP"]),
    ...(lookup !== undefined ? { lookup } : random.chance(30) ? { request: request(random) } : {}),
  };
}

function request(random: Random): HttpRequest {
  return {
    method: random.pick(["GET", "POST", "DELETE"]),
    path: random.pick(["/v1/items", "/admin", "/"]),
    host: random.pick(["shop.test", "other.test"]),
    headers: random.pick<HttpRequest["headers"]>([{}, { "x-key": "yes" }, { "X-Key": "no" }]),
  };
}

function peer(random: Random, pods: [Pods, ...Pods[]], cilium: boolean): Peer {
  const nodes: [Entity, ...Entity[]] = ["host", "remote-node"];
  const entities: typeof nodes = cilium
    ? [...nodes, "kube-apiserver", "ingress", "health", "init", "unmanaged"]
    : nodes;
  if (random.chance(50)) return random.pick(pods);
  if (random.chance(40)) return { kind: "entity", entity: random.pick(entities), address: "10.1.3.4" };
  return random.chance(50)
    ? { kind: "address", address: random.pick(ADDRESSES) }
    : { kind: "name", name: random.pick(NAMES), address: random.pick(ADDRESSES) };
}
