import { at, items, text, texts, toNumber, type Value } from "../../values/value";
import type { MeshHost, MeshObject, MeshPort, MeshWorld } from "./mesh-world";
import { covers } from "./scope";
import type { MeshPods } from "./workloads";

const TLS_MODE = "security.istio.io/tlsMode";

/**
 * Whether a caller's sidecar speaks mutual TLS to a port of a Service: a DestinationRule says so, or else the label that the
 * injector gives pods (istio/istio 1.29.6, pilot/pkg/xds/endpoints/mtls_checker.go).
 *
 * @param called pods behind it, where they are known
 */
export function speaksMtls(
  world: MeshWorld,
  caller: string,
  { host, port }: { readonly host: MeshHost; readonly port: MeshPort },
  called: Pick<MeshPods, "labels"> | undefined,
): boolean {
  const modes = rulesFor(world, caller, host).flatMap(({ spec }) => modesOf(spec, port.number));
  if (modes.length > 0) return modes.every((each) => each === "ISTIO_MUTUAL");
  return (called?.labels[TLS_MODE] ?? "istio") === "istio";
}

/** The first namespace counts that has rules for it: the caller's, the Service's, the root one (pilot/pkg/model/push_context.go, `destinationRule`). */
function rulesFor(
  { destinationRules, settings }: MeshWorld,
  caller: string,
  { names, namespace }: MeshHost,
): readonly MeshObject[] {
  const covering = destinationRules.filter((each) =>
    names.some((name) => covers(fullName(text(at(each.spec, "host")), each.namespace), name)),
  );
  const of = (space: string): MeshObject[] =>
    mostSpecific(
      covering.filter((each) => each.namespace === space && isSeen(each, caller)),
      names,
    );
  const first = caller === settings.rootNamespace ? [] : of(caller);
  return [first, of(namespace), of(settings.rootNamespace)].find((each) => each.length > 0) ?? [];
}

/** Those for the name itself before those with a star. */
function mostSpecific(rules: readonly MeshObject[], names: readonly string[]): MeshObject[] {
  const named = rules.filter(({ spec, namespace }) =>
    names.includes(fullName(text(at(spec, "host")), namespace)),
  );
  return named.length > 0 ? named : [...rules];
}

function isSeen({ spec, namespace }: MeshObject, caller: string): boolean {
  const exported = texts(at(spec, "exportTo"));
  return namespace === caller || exported.length === 0 || exported.includes("*") || exported.includes(caller);
}

/** Of the port before those of the whole; of subsets that say one, too, because a route may lead to any. */
function modesOf(spec: Value, port: number): string[] {
  const policies = [spec, ...items(at(spec, "subsets"))].map((each) => at(each, "trafficPolicy"));
  return policies.flatMap((policy) => {
    const own = items(at(policy, "portLevelSettings")).find(
      (each) => toNumber(at(each, "port", "number")) === port && at(each, "tls") !== undefined,
    );
    const mode = text(at(own ?? policy, "tls", "mode"));
    return mode === "" ? [] : [mode];
  });
}

function fullName(host: string, namespace: string): string {
  return host.includes(".") || host.startsWith("*") ? host : `${host}.${namespace}.svc.cluster.local`;
}
