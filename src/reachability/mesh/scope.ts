import { anyOf, type Truth } from "../../guardrails/iam/truth";
import { at, isUnknown, items, text, toNumber, type Value } from "../../values/value";
import { isIn, parseAddress, parsePrefix } from "../policy/addresses";
import type { HttpRequest } from "../policy/http";
import type { Pods } from "../policy/peers";
import { grouped, itself } from "../grouped";
import type { MeshHost, MeshPort, MeshWorld } from "./mesh-world";
import { isUnknownObject, nearest } from "./workloads";

/** What a sidecar knows, and what it does with the rest. */
export interface Scope {
  /** Its Sidecar; undefined: there is none, it knows all that is exported to it. */
  readonly object?: string;
  readonly knows: (host: MeshHost, port: MeshPort) => Truth;
  readonly unknown: MeshWorld["settings"]["unknown"];
}

/** Scope of the sidecar of pods (pilot/pkg/model/sidecar.go, istio 1.29.6). */
export function scopeOf(
  pods: Pods,
  world: MeshWorld,
): Scope | { readonly unknown: string; readonly knows?: undefined } {
  const { settings, sidecars } = world;
  const found = nearest(
    sidecars,
    pods,
    (spec) => at(spec, "workloadSelector", "labels"),
    settings.rootNamespace,
  );
  if (isUnknownObject(found)) return found;
  const isExported = (host: MeshHost): boolean => isVisible(host, pods.namespace);
  if (found === undefined) return { knows: isExported, unknown: settings.unknown };
  const { object, spec } = found;
  const mode = at(spec, "outboundTrafficPolicy", "mode");
  const unknown = mode === "REGISTRY_ONLY" || mode === "ALLOW_ANY" ? mode : settings.unknown;
  const listeners = items(at(spec, "egress"));
  if (isUnknown(at(spec, "egress"))) return { unknown: `egress of ${object}` };
  if (listeners.length === 0) return { object, knows: isExported, unknown };
  const knows = (host: MeshHost, port: MeshPort): Truth =>
    isExported(host) &&
    anyOf(
      listeners.map((listener) => {
        const only = toNumber(at(listener, "port", "number"));
        return (
          (only === undefined || only === port.number) &&
          anyOf(items(at(listener, "hosts")).map((each) => takes(each, host, pods.namespace)))
        );
      }),
    );
  return { object, knows, unknown };
}

/**
 * Whether a sidecar takes a host from here, which others may have, too: from its own namespace before all, a Service
 * before a ServiceEntry, else from any (selectServices in pilot/pkg/model/sidecar.go, istio 1.29.6).
 */
export function isTaken(
  { host, port }: { readonly host: MeshHost; readonly port: MeshPort },
  own: string,
  knows: Scope["knows"],
  { hosts }: MeshWorld,
): Truth {
  if (host.namespace === own) return true;
  const alike = new Set(host.names.flatMap((name) => hostsByName(hosts).get(name) ?? []));
  const others = [...alike].filter(
    (each) => each.namespace !== host.namespace && each.ports.some((theirs) => knows(each, theirs) !== false),
  );
  if (others.some(({ namespace }) => namespace === own)) return false;
  const rivals = others.filter((each) => isService(each) === isService(host));
  if (!isService(host) && rivals.length < others.length) return false;
  // All of them take the call, whichever it is.
  const isAlike = rivals.every(({ ports }) => ports.some(({ number }) => number === port.number));
  return isAlike || { unknown: `from which namespace the sidecar takes ${host.names.join(", ")}` };
}

const hostsByName = grouped<MeshHost, MeshHost>(itself, ({ names }) => names);

function isService({ object }: MeshHost): boolean {
  return object.startsWith("Service ");
}

function isVisible({ exportTo, namespace }: MeshHost, to: string): boolean {
  return exportTo.some((each) => each === "*" || each === to || (each === "." && namespace === to));
}

/** `namespace/name` of a Sidecar. */
function takes(entry: Value, { namespace, names }: MeshHost, own: string): Truth {
  if (isUnknown(entry)) return { unknown: "a host that only Terraform knows" };
  const [place = "", name = ""] = text(entry).split("/");
  if (place !== "*" && place !== namespace && !(place === "." && namespace === own)) return false;
  return names.some((each) => covers(name, each));
}

/** Whether a name or `*.suffix` takes another, which may be one with a star as well. */
export function covers(pattern: string, name: string): boolean {
  if (pattern === "*" || pattern === name) return true;
  return (
    pattern.startsWith("*") &&
    name.replace(/^\*/, "").endsWith(pattern.slice(1)) &&
    name.length >= pattern.length
  );
}

/** An address or name outside, as a sidecar is asked for it. */
export interface OutsideCall {
  readonly port: number;
  readonly name?: string;
  readonly address?: string;
  readonly request?: HttpRequest;
}

/** Hosts of ServiceEntry that would take a call to what is not a pod. */
export function takers(
  call: OutsideCall,
  { hosts }: MeshWorld,
): { readonly host: MeshHost; readonly port: MeshPort }[] {
  return (entriesByPort(hosts).get(String(call.port)) ?? []).flatMap((host) =>
    host.ports
      .filter((port) => port.number === call.port && takesCall(host, port, call))
      .map((port) => ({ host, port })),
  );
}

const entriesByPort = grouped<MeshHost, MeshHost>(itself, ({ object, ports }) =>
  object.startsWith("ServiceEntry ") ? [...new Set(ports.map(({ number }) => String(number)))] : [],
);

function takesCall(host: MeshHost, { protocol }: MeshPort, { name, address, request }: OutsideCall): boolean {
  const byName = name !== undefined && host.names.some((each) => covers(each, name));
  if (protocol === "http") return byName && request !== undefined;
  if (protocol === "tls") return byName && request === undefined;
  // TCP tells no name: its addresses count, and without any every address of the port.
  if (host.addresses.length === 0) return true;
  const parsed = address === undefined ? undefined : parseAddress(address);
  return (
    parsed !== undefined &&
    host.addresses.some((each) => {
      const prefix = parsePrefix(each);
      return prefix !== undefined && isIn(parsed, prefix);
    })
  );
}
