import { at, items, text, toNumber } from "../../values/value";
import { hasLabels } from "../mesh/workloads";
import { anyPods, madeFor } from "../needs/made-by-teams";
import type { NeedEnd } from "../needs/need";
import { parsePrefix } from "../policy/addresses";
import { rangeText } from "../vpc/ranges";
import { nodesOf } from "../vpc/senders";
import type { ReachWorld } from "./reach-world";

/** An end that somebody asks for, and the port where it is named: of the pods, also where a Service has another. */
export interface AskedEnd {
  readonly ends: readonly NeedEnd[];
  readonly port?: number;
  /** Where nobody is meant: what such ends are called, and which there are. */
  readonly instead?: { readonly what: string; readonly names: readonly string[] };
}

/** How an end is written, and what it is. */
export const endForms = {
  "namespace/workload": "pods of a manifest, a chart or an add-on",
  "namespace/*": "any pod of a namespace that nobody's manifest makes",
  "namespace/label=value": "pods by their labels, several with a comma between",
  "service-account:NAMESPACE/NAME": "pods by their service account",
  nodes: "nodes; pods on the host network are their node",
  "nodes:GROUP": "nodes of a managed group or of a node pool's class",
  kubelet: "the kubelet of a pod's own node",
  "pod-identity-agent": "the EKS Pod Identity agent of a pod's own node",
  "api-server": "interfaces of the control plane",
  "nodes@TARGET": "nodes of a peer",
  "api-server@TARGET": "interfaces of a peer's control plane",
  "load-balancer:public": "load balancers of controllers that face the internet",
  "load-balancer:internal": "those that don't",
  "endpoint:SERVICE": "interfaces of an endpoint, such as ecr.api",
  "resolver-endpoint:inbound": "the resolver's endpoint for queries from other networks",
  "resolver-endpoint:outbound": "the one that asks their name servers",
  resolver: "the VPC's resolver",
  imds: "instance metadata",
  time: "the VPC's time service",
  proxy: "the proxy that nodes' user data names",
  "fqdn:NAME": "whatever a name leads to: an endpoint, a private zone, the internet",
  "cidr:RANGE": "addresses: on premises, in a peer's VPC, of the internet",
  internet: "the internet at large",
} as const;

/** For messages. */
export const END_FORMS = `${Object.keys(endForms).join(", ")}, with :PORT behind the one that is called`;

/** Reads `payments/orders:8080`, `fqdn:sqs.us-east-1.amazonaws.com:443`, `cidr:10.0.0.0/8`, `internet`. Undefined: it is none of the forms. */
export function askedEnd(written: string, world: ReachWorld): AskedEnd | undefined {
  const [, whole = written, digits] = /^(.+?):(\d{1,5})$/.exec(written) ?? [];
  const port = digits === undefined ? undefined : Number(digits);
  if (port !== undefined && (port < 1 || port > 65535)) return undefined;
  const [kind = "", ...rest] = whole.split(":");
  const value = rest.join(":");
  const all = (ends: readonly NeedEnd[]): AskedEnd => ({ ends, ...(port !== undefined && { port }) });
  if (rest.length === 0) {
    const end = ALONE[kind];
    if (end !== undefined) return all([end]);
    if (PEER.test(kind)) return { ...all(peerEnds(kind, world)), instead: peersOf(world) };
    return /^[a-z0-9-]+\/[\w.,=/*-]+$/.test(whole) ? podsNamed(whole, port, world) : undefined;
  }
  switch (kind) {
    case "fqdn":
      return value === "" ? undefined : all([{ kind: "name", name: value }]);
    case "cidr":
      return parsePrefix(value) === undefined ? undefined : all([{ kind: "range", range: value }]);
    case "load-balancer":
      return value === "public" || value === "internal" ? all([{ kind, scheme: value }]) : undefined;
    case "nodes":
      return {
        ...all(groupsOf(world).includes(value) ? [{ kind, group: value }] : []),
        instead: { what: "one of the node groups", names: groupsOf(world) },
      };
    case "endpoint":
      return {
        ...all(servicesOf(world).includes(value) ? [{ kind, service: value }] : []),
        instead: { what: "one of the endpoints", names: servicesOf(world) },
      };
    case "resolver-endpoint":
      return value === "inbound" || value === "outbound" ? all([{ kind, direction: value }]) : undefined;
    case "service-account":
      return /^[^/]+\/[^/]+$/.test(value)
        ? {
            ...all(podsOfAccount(value, world)),
            instead: { what: "a service account", names: accountsOf(world) },
          }
        : undefined;
    default:
      return undefined;
  }
}

const ALONE: Readonly<Record<string, NeedEnd | undefined>> = {
  internet: { kind: "internet" },
  "api-server": { kind: "api-server" },
  kubelet: { kind: "kubelet" },
  "pod-identity-agent": { kind: "pod-identity-agent" },
  nodes: { kind: "nodes" },
  proxy: { kind: "proxy" },
  resolver: { kind: "vpc-service", service: "resolver" },
  imds: { kind: "vpc-service", service: "imds" },
  time: { kind: "vpc-service", service: "time" },
};

const PEER = /^(nodes|api-server)@([a-z0-9-]+\/[a-z0-9-]+)$/;

/** `nodes@prod/us-west-2` */
function peerEnds(written: string, { network }: ReachWorld): NeedEnd[] {
  const [, at, name = ""] = PEER.exec(written) ?? [];
  const target = name.replace("/", "-");
  const vpc = [...(network?.vpc.network.vpcs.values() ?? [])].find((each) => each.target === target);
  const [range] = vpc?.ranges ?? [];
  return range === undefined
    ? []
    : [{ kind: "peer", target, range: rangeText(range), at: at === "nodes" ? "nodes" : "API server" }];
}

function peersOf({ network }: ReachWorld): NonNullable<AskedEnd["instead"]> {
  const all = [...(network?.vpc.network.vpcs.values() ?? [])].map(({ target }) => target);
  return { what: "one of the peers", names: all.filter((each) => each !== network?.target) };
}

function groupsOf({ network }: ReachWorld): string[] {
  return network === undefined ? [] : nodesOf(network.vpc, network.target).map(({ name }) => name);
}

function servicesOf({ network }: ReachWorld): string[] {
  return [...new Set(network?.vpc.names.interfaces.map(({ service }) => service))];
}

function podsOfAccount(account: string, world: ReachWorld): NeedEnd[] {
  const known = world.cluster.pods.filter(
    ({ namespace, serviceAccount = "default" }) => `${namespace}/${serviceAccount}` === account,
  );
  const pods = known.length > 0 ? known : madeFor(account, world);
  return pods.map((each) => ({ kind: "pods", pods: each }));
}

function accountsOf({ cluster, identities }: ReachWorld): string[] {
  const own = cluster.pods.map(
    ({ namespace, serviceAccount = "default" }) => `${namespace}/${serviceAccount}`,
  );
  return [...new Set([...own, ...identities])].sort();
}

/** By `key=value` of a namespace; where nobody is known to have these, some that a team makes. */
function podsLabelled(namespace: string, written: string, { cluster }: ReachWorld): NeedEnd[] {
  const labels = Object.fromEntries(
    written.split(",").map((each): [string, string] => {
      const [key = "", value = ""] = each.split("=");
      return [key, value];
    }),
  );
  const known = cluster.pods.filter(
    (each) =>
      each.namespace === namespace &&
      Object.entries(labels).every(([key, value]) => each.labels[key] === value),
  );
  if (known.length > 0) return known.map((pods) => ({ kind: "pods", pods }));
  const { pods } = anyPods(namespace);
  return [{ kind: "pods", pods: { ...pods, name: `${namespace}/${written}`, labels }, byHand: true }];
}

function podsNamed(name: string, port: number | undefined, world: ReachWorld): AskedEnd {
  const [namespace = "", rest = ""] = [name.slice(0, name.indexOf("/")), name.slice(name.indexOf("/") + 1)];
  const pods = world.cluster.pods.filter((each) => each.name === name);
  const ends =
    pods.length === 0 && rest === "*"
      ? [{ ...anyPods(namespace), byHand: true as const }]
      : rest.includes("=")
        ? podsLabelled(namespace, rest, world)
        : pods.map((each): NeedEnd => ({ kind: "pods", pods: each }));
  const target = port === undefined ? undefined : behindService(name, port, world);
  const asked = target ?? port;
  const instead = { what: "one of the pods", names: podNames(world) };
  return { ends, instead, ...(asked !== undefined && { port: asked }) };
}

/** The port of the pods behind a Service of the same name; undefined where it has no such port. */
function behindService(name: string, port: number, { cluster }: ReachWorld): number | undefined {
  const service = cluster.services.find(
    (each) => `${text(at(each, "metadata", "namespace"))}/${text(at(each, "metadata", "name"))}` === name,
  );
  const entry = items(at(service, "spec", "ports")).find((each) => toNumber(at(each, "port")) === port);
  const target = at(entry, "targetPort");
  const pods = cluster.pods.find(
    (each) => each.name === name && hasLabels(at(service, "spec", "selector"), each.labels) === true,
  );
  return toNumber(target) ?? pods?.ports.find((each) => each.name === text(target))?.port;
}

/** Names of pods that can be asked for. */
function podNames({ cluster }: ReachWorld): string[] {
  return [...new Set(cluster.pods.map(({ name }) => name))].sort();
}
