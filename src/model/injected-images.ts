import { isInjected } from "../facts/istio-labels";
import { istioOf } from "./mesh";
import { usedRecords } from "./used-components";
import type { TargetConfig } from "../config/schema/target";

/**
 * Images, without tag, of what the platform's components put into pods of teams or start in their namespaces. They
 * come from where the components' own images come from, whatever registry teams use.
 */
export function injectedImages(config: TargetConfig): string[] {
  return usedRecords(config).flatMap(({ injects = [] }) => injects);
}

/** Whether Istio puts a proxy beside each pod of a namespace, or runs one in it. */
export function istioProxiesIn(
  { mesh }: Pick<TargetConfig, "mesh">,
  namespace: string,
  labels: Readonly<Record<string, string>>,
): { readonly sidecars: boolean; readonly waypoint: boolean } {
  const istio = istioOf(mesh);
  return {
    sidecars: istio !== undefined && isInjected(labels),
    waypoint: istio?.kind === "istio-ambient" && istio.waypoints.includes(namespace),
  };
}
