import type { Hop } from "../hop";
import { type Need, type NeedEnd, NO_PORT } from "../needs/need";
import { settingOfObject } from "./setting-of";

/**
 * What to write so that a flow passes the hop that denies it, as a setting with its value, or the setting where it is decided.
 * Undefined: no setting opens it, or nobody can say which one is meant.
 *
 * @param hops all hops of the flow: what decides them says whose the ends are
 */
export function remedyOf(hop: Hop, need: Need, hops: readonly Hop[]): string | undefined {
  if (hop.verdict !== "denied") return undefined;
  switch (hop.at) {
    case "policy of the sender":
    case "mesh of the sender":
      return opening("to", need, hops);
    case "policy of the receiver":
    case "mesh of the receiver":
      return opening("from", need, hops);
    case "name resolution":
      return need.to.kind === "name"
        ? "network.dns.privateZones, or network.dns.forward where other servers know the name"
        : undefined;
    case "route out":
    case "route back":
      return routed(need.to);
    case "firewall":
      return need.to.kind === "name" ? `network.egress.domains: [${need.to.name}]` : "network.egress.domains";
    default:
      return undefined;
  }
}

/** Of who is written in a rule, whichever of its ends. */
function opening(direction: "to" | "from", need: Need, hops: readonly Hop[]): string | undefined {
  const [own, other] = direction === "to" ? [need.from, need.to] : [need.to, need.from];
  if (own.kind !== "pods" || need.port === NO_PORT) return undefined;
  const settings = new Set(hops.flatMap(({ by }) => by.map((each) => settingOfObject(each) ?? "")));
  const service = serviceIn(own, settings);
  const called = serviceIn(need.to, settings);
  const caller = serviceIn(need.from, settings);
  // A dependency opens the side of the service that is called, too.
  if (caller !== undefined && called !== undefined)
    return `${caller}.dependencies: [{ workload: ${nameOf(need.to)} }]`;
  const who = written(other);
  if (who === undefined) return undefined;
  const udp = need.protocol === "UDP" ? ", protocol: UDP" : "";
  if (service !== undefined)
    return direction === "to"
      ? `${service}.dependencies: [{ ${who}, port: ${need.port}${udp} }]`
      : `${service}.callers: [{ ${who} }]`;
  const namespace = `namespaces.${own.pods.namespace}`;
  return settings.has(namespace)
    ? `${namespace}.allow: [{ ${direction}: { ${who}, port: ${need.port}${udp} } }]`
    : undefined;
}

function nameOf(end: NeedEnd): string {
  return end.kind === "pods" ? end.pods.name.slice(end.pods.name.indexOf("/") + 1) : "";
}

/** `workloads.orders`, where the end is a service of the configuration. */
function serviceIn(end: NeedEnd, settings: ReadonlySet<string>): string | undefined {
  const setting = `workloads.${nameOf(end)}`;
  return settings.has(setting) ? setting : undefined;
}

function written(end: NeedEnd): string | undefined {
  switch (end.kind) {
    case "pods":
      return `namespace: ${end.pods.namespace}`;
    case "range":
      return `cidr: ${end.range}`;
    case "peer":
      return `cidr: ${end.range}`;
    case "name":
      return `fqdn: ${end.name}`;
    case "load-balancer":
      return `loadBalancer: ${end.scheme}`;
    default:
      return undefined;
  }
}

function routed(end: NeedEnd): string | undefined {
  switch (end.kind) {
    case "peer":
      return `network.connections.peers: [${end.target}], on both sides`;
    case "range":
      return `network.connections.onPremises.cidrs: [${end.range}]`;
    case "name":
    case "internet":
      return "network.egress, or network.endpoints.additional for a service of AWS";
    default:
      return undefined;
  }
}
