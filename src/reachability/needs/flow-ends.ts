import type { FlowEnd, ServerEnd } from "../../components/flow";
import { toNumber } from "../../values/value";
import { podsNamed } from "../cluster-index";
import { type MeshPods, proxyOf } from "../mesh/workloads";
import type { ReachWorld } from "../path/reach-world";
import type { NeedEnd } from "./need";
import { serviceOfHost } from "./services";

/** A target that is one mesh with this one. */
export interface MeshPeer {
  /** Its workspace. */
  readonly target: string;
  /** Of its VPC. */
  readonly range: string;
}

const ofPods = (pods: MeshPods): NeedEnd => ({ kind: "pods", pods });

/** Who an end of a component's flow is in a world; nobody, where it is not there. */
export function endsOf(
  end: FlowEnd,
  component: string,
  { platform, cluster }: ReachWorld,
  peers: readonly MeshPeer[],
): NeedEnd[] {
  if (end === "nodes") return [{ kind: "nodes" }];
  if (end === "API server") return [{ kind: "api-server" }];
  if (end === "proxies") {
    const { mesh } = cluster;
    return mesh === undefined
      ? []
      : cluster.pods.filter((each) => proxyOf(each, mesh) !== "none").map(ofPods);
  }
  if ("range" in end) return [{ kind: "range", range: end.range }];
  if ("loadBalancer" in end) return [{ kind: "load-balancer", scheme: end.loadBalancer }];
  if ("peer" in end) {
    const { peer } = end;
    return peers.map((each) => ({ kind: "peer", ...each, at: peer }));
  }
  const { pods: name } = end;
  if (name.includes("/")) return podsNamed(cluster, name).map(ofPods);
  return platform
    .filter((each) => each.component === component && each.pods.name.endsWith(`/${name}`))
    .map(({ pods }) => ofPods(pods));
}

/** Who answers for a server, and at which port. */
export function serverEnds(end: ServerEnd, world: ReachWorld): { to: NeedEnd; port: number }[] {
  if ("server" in end) {
    const server = serverOf(end.server);
    return server === undefined ? [] : [{ to: { kind: "name", name: server.host }, port: server.port }];
  }
  const found = answering(end.address, end.namespace, world);
  return found === undefined ? [] : [{ to: ofPods(found.pods), port: found.port }];
}

/** `otlp-collector.opentelemetry.svc:4317`, with a scheme or without. */
function answering(
  address: string,
  own: string,
  { cluster }: ReachWorld,
): { readonly pods: MeshPods; readonly port: number } | undefined {
  const [, host = "", port] = /^(?:\w+:\/\/)?([\w.-]+)(?::(\d+))?/.exec(address) ?? [];
  const service = serviceOfHost(host, own);
  const number = toNumber(port) ?? (address.startsWith("https:") ? 443 : 80);
  // Operators call the Services of their pods as the pods, or with a word behind.
  const pods = cluster.pods.find(
    ({ name, namespace, ports }) =>
      namespace === service?.namespace &&
      ports.some((each) => each.port === number) &&
      (service.name === name.split("/")[1] || service.name.includes(name.split("/")[1] ?? "?")),
  );
  return pods && { pods, port: number };
}

const PORTS: Readonly<Record<string, number>> = { https: 443, http: 80, ssh: 22 };

/** `https://host:8443/path`, `ssh://git@host/path`, `git@host:path` */
function serverOf(url: string): { readonly host: string; readonly port: number } | undefined {
  const [, scheme = "", host, port] = /^(\w+):\/\/(?:[^@/]+@)?([\w.-]+)(?::(\d+))?/.exec(url) ?? [];
  if (host !== undefined) return { host, port: Number(port ?? PORTS[scheme] ?? 443) };
  const [, short] = /^[\w.-]+@([\w.-]+):/.exec(url) ?? [];
  return short === undefined ? undefined : { host: short, port: 22 };
}
