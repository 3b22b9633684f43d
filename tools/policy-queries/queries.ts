import {
  counterpartOf,
  type DeclaredFlow,
  type FlowEnd,
  type FlowPods,
  includesPort,
} from "../../src/model/flows";
import { isDeniedByMesh } from "../../src/model/mesh";
import { isClosed } from "../../src/model/namespaces";
import type { Target } from "../../src/model/target";
import { serviceOf } from "../../src/model/workloads";
import { addressAt, formatCidr } from "../../src/ip-capacity/cidr";
import { baselineQueries, networkOf, platformPods } from "./baseline-queries";
import { platformQueries } from "./platform-queries";

type Labels = Readonly<Record<string, string>>;

export interface OraclePod {
  readonly namespace: string;
  readonly labels: Labels;
  readonly serviceAccount?: string;
  readonly hostNetwork?: boolean;
  readonly ip?: string;
}

/** One end of a query: pods by name, an address, an entity, a name. */
export type OraclePeer = string | OraclePod | { readonly entity: string; readonly ip: string };

export interface OracleQuery {
  readonly name: string;
  readonly from: OraclePeer;
  readonly to: OraclePeer;
  readonly port: number;
  readonly protocol?: "UDP";
  readonly dns?: string;
  readonly expect: "allowed" | "denied" | Readonly<Record<string, "allowed" | "denied">>;
}

/** What the oracle reads (--queries). */
export interface QueryFile {
  readonly pods: Readonly<Record<string, OraclePod>>;
  readonly dns: readonly string[];
  readonly services: Readonly<Record<string, object>>;
  readonly queries: readonly OracleQuery[];
}

/** A pod of a team that is no service of `workloads`, as one would deploy it by hand. */
export function bystander(namespace: string, labels: Labels = { app: "bystander" }): OraclePod {
  return { namespace, labels, serviceAccount: "bystander" };
}

/** Every declared call with the answer `allowed`, every other between services with `denied`, and what all pods need. */
export function policyQueries(target: Target): QueryFile {
  const { config } = target;
  const places: Places = { pods: {}, services: {} };
  const calls = target.flows;
  const declared = calls.flatMap((call) => allowed(call, calls, target, places));
  const within = neighbours(target, places);
  return {
    pods: { ...platformPods(config), ...places.pods },
    dns: ["coredns", "node-local-dns"],
    services: places.services,
    queries: [
      ...declared,
      ...within,
      ...refused(target),
      ...baselineQueries(target),
      ...platformQueries(target),
    ],
  };
}

const ANY_PORT = 8080;

/** Services that teams would make for pods of their own. */
interface Places {
  readonly pods: Record<string, OraclePod>;
  readonly services: Record<string, object>;
}

function addService({ pods, services }: Places, name: string, labels: Labels, port: number): void {
  const [namespace = ""] = name.split("/");
  pods[name] = bystander(namespace, labels);
  services[name] = { selector: labels, ports: { tcp: port } };
}

/** The query of a call from the side that is called; an outside server has no side of its own. */
function allowed(
  call: DeclaredFlow,
  all: readonly DeclaredFlow[],
  target: Target,
  places: Places,
): OracleQuery[] {
  const { declared, caller, called, ports, http } = call;
  // Requests are asked one by one in the files that are written by hand.
  if (http !== undefined) return [];
  if ((caller.kind === "pods" && caller.target) || (called.kind === "pods" && called.target)) return [];
  const isOutside = called.kind === "range" || called.kind === "name";
  if (declared.by === "namespace" && declared.side === "caller" && !isOutside) return [];
  const found = counterpartOf(call, all);
  const other = found?.flow;
  const from = callerOf(call, other, target);
  const open = found?.ports ?? ports;
  const asked = open === "all" ? [{ port: ANY_PORT, protocol: "TCP" as const }] : open;
  return asked.flatMap(({ port, protocol }): OracleQuery[] => {
    const to = calledOf(call, other, port, target, places);
    if (from === undefined || to === undefined) return [];
    return [
      {
        name: `declared: ${describe(from)} calls ${describe(to.peer)}`,
        from,
        to: to.peer,
        port: to.port,
        ...(protocol === "UDP" && { protocol }),
        // A mesh of Istio leaves UDP alone.
        expect: protocol === "UDP" ? { cilium: "allowed" } : "allowed",
      },
    ];
  });
}

const podsOf = (end: FlowEnd | undefined): FlowPods | undefined => (end?.kind === "pods" ? end : undefined);

function callerOf(
  { caller }: DeclaredFlow,
  other: DeclaredFlow | undefined,
  { subnets }: Target,
): OraclePeer | undefined {
  switch (caller.kind) {
    case "pods": {
      const workload = caller.workload ?? podsOf(other?.caller)?.workload;
      if (workload !== undefined) return `${caller.namespace}/${workload}`;
      // Charts' pods have a place of their own in the mesh.
      if (caller.namespace === "istio-ingress") return "ingressgateway";
      return bystander(caller.namespace, {
        app: "bystander",
        ...podsOf(other?.caller)?.pods,
        ...caller.pods,
      });
    }
    case "range":
      return addressAt(caller.cidr, caller.cidr.prefix < 32 ? 1 : 0);
    case "load-balancer": {
      const tier = caller.scheme === "public" ? "public" : "nodes";
      const [subnet] = subnets.get(tier)?.values() ?? [];
      return subnet && addressAt(subnet, 37);
    }
  }
}

function calledOf(
  { called, caller }: DeclaredFlow,
  other: DeclaredFlow | undefined,
  port: number,
  { workloads }: Target,
  places: Places,
): { peer: OraclePeer; port: number } | undefined {
  switch (called.kind) {
    case "range":
      return { peer: formatCidr(called.cidr), port };
    case "name":
      return { peer: `fqdn:${called.fqdn.replace("*", "any")}`, port };
    case "pods": {
      const { namespace, workload = podsOf(other?.called)?.workload } = called;
      const service = workload === undefined ? undefined : workloads[workload];
      if (service !== undefined && workload !== undefined) {
        const found = Object.values(service.ports).find((each) => (each.targetPort ?? each.port) === port);
        // Outsiders call pods; so do pods of one service, by their names.
        const isByService =
          caller.kind === "pods" && caller.workload !== workload && serviceOf(service).kind !== "headless";
        return isByService
          ? { peer: `service:${namespace}/${workload}`, port: found?.port ?? port }
          : { peer: `${namespace}/${workload}`, port };
      }
      const labels = { app: "bystander", ...podsOf(other?.called)?.pods, ...called.pods };
      if (caller.kind !== "pods") return { peer: bystander(namespace, labels), port };
      const name = `${namespace}/calls-${port}-${Object.values(labels).join("-")}`.replace(
        /[^a-z0-9/-]/g,
        "-",
      );
      addService(places, name, labels, port);
      return { peer: `service:${name}`, port };
    }
  }
}

/** Pods of one namespace that are no services, which reach each other. */
function neighbours(target: Target, places: Places): OracleQuery[] {
  return Object.keys(target.config.namespaces)
    .filter((namespace) => isClosed(target, namespace))
    .map((namespace): OracleQuery => {
      const name = `${namespace}/neighbour`;
      addService(places, name, { app: "neighbour" }, ANY_PORT);
      return {
        name: "pods of one namespace",
        from: bystander(namespace),
        to: `service:${name}`,
        port: ANY_PORT,
        expect: "allowed",
      };
    });
}

/** Every call to a port of a service that nobody declares, from each service and from a pod of each namespace. */
function refused(target: Target): OracleQuery[] {
  const { config } = target;
  const all = target.flows;
  const services = Object.entries(target.workloads);
  const callers = [
    ...services.map(([name, { namespace }]) => ({
      namespace,
      workload: name,
      peer: `${namespace}/${name}` as OraclePeer,
    })),
    ...[...Object.keys(config.namespaces), "argocd", "some-other"].map((namespace) => ({
      namespace,
      workload: undefined,
      peer: bystander(namespace),
    })),
  ];
  return services.flatMap(([name, { namespace, ports, app = name }]) => {
    if (!isClosed(target, namespace) && !isDeniedByMesh(config, namespace)) return [];
    return Object.values(ports).flatMap(({ port, targetPort = port }) =>
      callers
        .filter(
          (each) =>
            !all.some(
              ({ caller, called, ports: opened }) =>
                called.kind === "pods" &&
                called.namespace === namespace &&
                (called.workload === undefined ? false : called.workload === app) &&
                caller.kind === "pods" &&
                caller.namespace === each.namespace &&
                (caller.workload === undefined || sameService(caller.workload, each.workload, target)) &&
                includesPort(opened, { port: targetPort, protocol: "TCP" }),
            ),
        )
        .map(({ peer }): OracleQuery => ({
          name: `undeclared: ${describe(peer)} calls ${namespace}/${name}`,
          from: peer,
          to: `${namespace}/${name}`,
          port: targetPort,
          // Where the network is closed it refuses by itself, whatever the mesh says.
          expect: isClosed(target, namespace) ? { [networkOf(config)]: "denied" } : "denied",
        })),
    );
  });
}

/** Whether a caller is the declared one, or a version of it. */
function sameService(declared: string, caller: string | undefined, { workloads }: Target): boolean {
  return caller !== undefined && (caller === declared || workloads[caller]?.app === declared);
}

function describe(peer: OraclePeer): string {
  if (typeof peer === "string") return peer;
  if ("entity" in peer) return peer.entity;
  return `${peer.namespace}/${Object.values(peer.labels).join(",")}`;
}
