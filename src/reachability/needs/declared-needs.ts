import { formatCidr } from "../../ip-capacity/cidr";
import { counterpartOf, type DeclaredFlow, type FlowEnd, type FlowPods } from "../../model/flows";
import type { MeshPods } from "../mesh/workloads";
import type { ReachWorld } from "../path/reach-world";
import type { Need, NeedEnd } from "./need";
import { exampleRequests } from "./requests";

/** A port for flows that are declared for all of them. */
const ANY_PORT = 8080;

/**
 * Every call that a target declares. One between namespaces passes where both ends declare it; where one of them does not, a check
 * says so, and it is not a need.
 */
export function declaredNeeds({ cluster, platform }: ReachWorld, flows: readonly DeclaredFlow[]): Need[] {
  const services = new Map(cluster.pods.map((each) => [each.name, each]));
  const pods = { services, platform: platform.map((each) => each.pods) };
  return flows.flatMap((flow) => {
    const { caller, called, ports, declared, path, reason } = flow;
    const isOutside = called.kind === "range" || called.kind === "name";
    const found = counterpartOf(flow, flows);
    const other = found?.flow;
    if (declared.by === "namespace" && declared.side === "caller" && !isOutside && other === undefined)
      return [];
    const from = endOf(caller, podsOf(other?.caller), pods);
    const to = endOf(called, podsOf(other?.called), pods);
    if (from === undefined || to === undefined) return [];
    // Whoever calls says which requests there are; who is called may take more of them.
    const isByCaller = declared.by === "namespace" && declared.side === "caller";
    const http = isByCaller ? (flow.http ?? other?.http) : (other?.http ?? flow.http);
    const open = found?.ports ?? ports;
    const asked = open === "all" ? [{ port: ANY_PORT, protocol: "TCP" as const }] : open;
    return asked.map(({ port, protocol }): Need => ({
      kind: "declared call",
      from,
      to,
      port,
      protocol,
      why: reason ?? "the configuration declares it",
      source: path.join("."),
      setting: path.join("."),
      ...(http && protocol === "TCP" && { requests: exampleRequests(http, hostOf(to)) }),
    }));
  });
}

/** By which name requests ask for an end; undefined: by that of a Service that nobody knows. */
function hostOf(end: NeedEnd): string | undefined {
  return end.kind === "name" ? end.name : undefined;
}

function podsOf(end: FlowEnd | undefined): FlowPods | undefined {
  return end?.kind === "pods" ? end : undefined;
}

interface Known {
  readonly services: ReadonlyMap<string, MeshPods>;
  readonly platform: readonly MeshPods[];
}

/** Undefined: pods of another target, which its own stacks make. */
function endOf(end: FlowEnd, other: FlowPods | undefined, pods: Known): NeedEnd | undefined {
  switch (end.kind) {
    case "range":
      return { kind: "range", range: formatCidr(end.cidr) };
    case "name":
      return { kind: "name", name: end.fqdn.replace("*", "any") };
    case "load-balancer":
      return { kind: "load-balancer", scheme: end.scheme };
    case "pods": {
      if (end.target !== undefined) return undefined;
      const workload = end.workload ?? other?.workload;
      const known = workload === undefined ? undefined : pods.services.get(`${end.namespace}/${workload}`);
      if (known !== undefined) return { kind: "pods", pods: known };
      const made = platformPods(end, other, pods);
      return made === undefined
        ? { kind: "pods", pods: handmade(end, other), byHand: true }
        : { kind: "pods", pods: made };
    }
  }
}

/** Pods of the platform that have the labels. */
function platformPods(end: FlowPods, other: FlowPods | undefined, { platform }: Known): MeshPods | undefined {
  const labels = { ...other?.pods, ...end.pods };
  return platform.find(
    (each) =>
      each.namespace === end.namespace &&
      each.hostNetwork !== true &&
      Object.entries(labels).every(([key, value]) => each.labels[key] === value),
  );
}

/** Some that a team makes by hand: its services have flows of their own. */
function handmade(end: FlowPods, other: FlowPods | undefined): MeshPods {
  const labels = { ...other?.pods, ...end.pods };
  const told = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return {
    kind: "pods",
    name: `${end.namespace}/${told.length > 0 ? told.join(",") : "*"}`,
    namespace: end.namespace,
    labels,
    ports: [],
  };
}
