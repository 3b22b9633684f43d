import type { Manifest } from "../../manifest";
import type { Labels } from "../../policies/labels";
import { servicePort } from "../service";
import { CANARY, STABLE, versionServiceName } from "./routes";
import type { RoutedService, Traffic, TrafficPlatform } from "./traffic";

/** Services of single versions, for APIs that route between Services and know no subsets. */
export function versionServices(
  service: RoutedService,
  { subsets }: Pick<Traffic, "subsets">,
  { api }: Pick<TrafficPlatform, "api">,
): Manifest[] {
  if (api === "istio") return [];
  // Argo Rollouts adds the label that tells the two apart.
  const versions: Readonly<Record<string, Labels>> =
    service.rollout === true ? { [STABLE]: {}, [CANARY]: {}, ...subsets } : subsets;
  return Object.entries(versions).map(([subset, labels]) => ({
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: versionServiceName(service.name, subset), namespace: service.namespace },
    spec: {
      type: "ClusterIP",
      selector: { ...service.selector, ...labels },
      ports: service.ports.map(servicePort),
    },
  }));
}
