import { isInMesh } from "../../model/mesh";
import type { Finding } from "../finding";
import type { RoutedWorkload } from "./routed-workload";

const SHORTEST_MILLISECONDS = 50;

/** A limit that sidecars keep. */
export function rateLimitFindings({ workload, traffic, target }: RoutedWorkload): Finding[] {
  const { rateLimit } = traffic;
  if (rateLimit === undefined) return [];
  const { requests, burst, per } = rateLimit;
  const { namespace } = workload;
  const at = (message: string, ...keys: string[]): Finding => ({ path: ["rateLimit", ...keys], message });
  const isTcp = Object.values(workload.ports).every(({ protocol }) => protocol === "tcp");
  if (target.mesh.dataPlane !== "sidecar")
    return [
      at(
        target.mesh.dataPlane === "ambient"
          ? "is kept by sidecars, and an ambient mesh has none; write mesh.kind: istio, or remove it"
          : "is kept by sidecars, and this target has no mesh of Istio; write mesh: { kind: istio, id, trustDomain } too, or remove it",
      ),
    ];
  return [
    ...(isInMesh(target.config, namespace)
      ? []
      : [
          at(
            `is kept by sidecars, and pods of namespace ${namespace} have none; write namespaces.${namespace}.labels: { istio-injection: enabled }, or remove it`,
          ),
        ]),
    ...(isTcp ? [at("is for requests, and all ports are TCP; remove it")] : []),
    ...(burst !== undefined && burst < requests
      ? [at(`is below requests, ${requests}, which would never be taken; write ${requests} or more`, "burst")]
      : []),
    // Envoy refuses less, and with it the listener (extensions.filters.http.local_ratelimit.v3: token_bucket).
    ...(per.endsWith("ms") && parseInt(per, 10) < SHORTEST_MILLISECONDS
      ? [
          at(
            `is below ${SHORTEST_MILLISECONDS}ms, the least that Envoy takes; write ${SHORTEST_MILLISECONDS}ms or more`,
            "per",
          ),
        ]
      : []),
  ];
}
