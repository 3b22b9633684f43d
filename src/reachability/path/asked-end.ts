import { at, items, text, toNumber } from "../../values/value";
import { hasLabels } from "../mesh/workloads";
import type { NeedEnd } from "../needs/need";
import { parsePrefix } from "../policy/addresses";
import type { ReachWorld } from "./reach-world";

/** An end that somebody asks for, and the port where it is named: of the pods, also where a Service has another. */
export interface AskedEnd {
  readonly ends: readonly NeedEnd[];
  readonly port?: number;
}

/** How an end is written. */
export const END_FORMS =
  "namespace/workload, fqdn:NAME, cidr:RANGE, internet, api-server, kubelet, pod-identity-agent, load-balancer:public or load-balancer:internal, with :PORT behind the one that is called";

/** Reads `payments/orders:8080`, `fqdn:sqs.us-east-1.amazonaws.com:443`, `cidr:10.0.0.0/8`, `internet`. Undefined: it is none of the forms. */
export function askedEnd(written: string, world: ReachWorld): AskedEnd | undefined {
  const [, whole = written, digits] = /^(.+?):(\d{1,5})$/.exec(written) ?? [];
  const port = digits === undefined ? undefined : Number(digits);
  const [kind, ...rest] = whole.split(":");
  const value = rest.join(":");
  const one = (end: NeedEnd): AskedEnd => ({ ends: [end], ...(port !== undefined && { port }) });
  switch (kind) {
    case "fqdn":
      return value === "" ? undefined : one({ kind: "name", name: value });
    case "cidr":
      return parsePrefix(value) === undefined ? undefined : one({ kind: "range", range: value });
    case "internet":
    case "api-server":
    case "kubelet":
    case "pod-identity-agent":
      return rest.length === 0 ? one({ kind }) : undefined;
    case "load-balancer":
      return value === "public" || value === "internal" ? one({ kind, scheme: value }) : undefined;
    default:
      return /^[a-z0-9-]+\/[\w.,=/*-]+$/.test(whole) ? podsNamed(whole, port, world) : undefined;
  }
}

function podsNamed(name: string, port: number | undefined, world: ReachWorld): AskedEnd {
  const pods = world.cluster.pods.filter((each) => each.name === name);
  const ends = pods.map((each): NeedEnd => ({ kind: "pods", pods: each }));
  const target = port === undefined ? undefined : behindService(name, port, world);
  const asked = target ?? port;
  return { ends, ...(asked !== undefined && { port: asked }) };
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
export function podNames({ cluster }: ReachWorld): string[] {
  return [...new Set(cluster.pods.map(({ name }) => name))].sort();
}
