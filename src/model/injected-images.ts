import { ACME_SOLVER_IMAGE, COLLECTOR_IMAGE, istioProxy, VELERO_IMAGE } from "../facts/injected-containers";
import { isInjected } from "../facts/istio-labels";
import { istioOf } from "./mesh";
import type { TargetConfig } from "../config/schema/target";

/**
 * Images, without tag, of what the platform's components put into pods of teams or start in their namespaces. They
 * come from where the components' own images come from, whatever registry teams use.
 */
export function injectedImages({
  mesh,
  ingress,
  backup,
  observability,
}: Pick<TargetConfig, "mesh" | "ingress" | "backup" | "observability">): string[] {
  return [
    ...(istioOf(mesh) ? [istioProxy.image] : []),
    ...(ingress?.certificates ? [ACME_SOLVER_IMAGE] : []),
    ...(backup ? [VELERO_IMAGE] : []),
    ...(observability?.openTelemetry ? [COLLECTOR_IMAGE] : []),
  ];
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
