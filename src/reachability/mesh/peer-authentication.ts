import { at, text, type Value } from "../../values/value";
import type { Pods } from "../policy/peers";
import type { MeshWorld } from "./mesh-world";
import { isUnknownObject, nearest, selectorOf } from "./workloads";

export interface Mtls {
  readonly mode: "STRICT" | "PERMISSIVE" | "DISABLE";
  /** What decides; undefined: nothing does, and that is PERMISSIVE. */
  readonly by?: string;
}

/** Whether a port of pods takes calls without mutual TLS (pilot/pkg/model/authentication.go, istio 1.29.6). */
export function mtlsOf(
  pods: Pods,
  port: number,
  { peerAuthentications, settings }: MeshWorld,
): Mtls | { readonly unknown: string; readonly mode?: undefined } {
  const inherited: Mtls[] = [{ mode: "PERMISSIVE" }];
  const whole = (namespace: string) =>
    peerAuthentications.find((each) => each.namespace === namespace && selectorOf(each.spec) === undefined);
  for (const each of [whole(settings.rootNamespace), whole(pods.namespace)]) {
    const mode = each && modeOf(at(each.spec, "mtls", "mode"));
    if (each && mode) inherited.unshift({ mode, by: each.object });
  }
  const own = nearest(peerAuthentications, pods, selectorOf, settings.rootNamespace);
  if (isUnknownObject(own)) return own;
  if (own !== undefined && selectorOf(own.spec) !== undefined) {
    const onPort = modeOf(at(own.spec, "portLevelMtls", String(port), "mode"));
    const mode = onPort ?? modeOf(at(own.spec, "mtls", "mode"));
    if (mode) return { mode, by: own.object };
  }
  return inherited[0] ?? { mode: "PERMISSIVE" };
}

function modeOf(mode: Value): Mtls["mode"] | undefined {
  const name = text(mode);
  return name === "STRICT" || name === "PERMISSIVE" || name === "DISABLE" ? name : undefined;
}
