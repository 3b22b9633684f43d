import type { WorkloadConfig } from "../config/schema/workloads/workloads";
import type { Target } from "../config/target";
import { workloadsOf } from "../config/workloads";
import type { ChartValues } from "../modules/chart-values";
import type { Manifest } from "../modules/manifest-release";
import { canaryStrategy } from "../modules/workloads/canary";
import { rolloutRouting } from "../modules/workloads/traffic/rollout-routing";
import { type RouteCaller, routeCallers, routedElsewhere } from "../modules/workloads/traffic/route-callers";
import type { RoutedService, TrafficPlatform } from "../modules/workloads/traffic/traffic";
import { trafficManifests } from "../modules/workloads/traffic/traffic-manifests";
import { serviceSelector } from "../modules/workloads/workload";
import { trafficPlatform } from "./traffic-platform";
import { portsOf } from "./workload-of";

/** A service as routing sees it. */
export function routedService(name: string, workload: WorkloadConfig): RoutedService {
  const { namespace, controller, traffic } = workload;
  return {
    name,
    namespace,
    ports: portsOf(workload),
    selector: serviceSelector({ app: name }),
    // Without routes Argo Rollouts moves pods, and there is nothing to weigh.
    rollout: controller === "rollout" && traffic !== undefined,
  };
}

/** What the target has for routing; undefined: no service has routes. */
export function workloadsPlatform(target: Target): TrafficPlatform | undefined {
  const services = Object.entries(workloadsOf(target.config)).filter(([, { app }]) => app === undefined);
  return trafficPlatform(
    target,
    services.map(([name, workload]) => routedService(name, workload)),
  );
}

/** Routes of a service, by a key that stays. */
export function routeManifests(
  name: string,
  workload: WorkloadConfig,
  platform: TrafficPlatform | undefined,
): Record<string, Manifest> {
  const { traffic } = workload;
  if (traffic === undefined || platform === undefined) return {};
  return Object.fromEntries(
    trafficManifests(routedService(name, workload), traffic, platform).map((each) => [
      `${each.kind}/${each.metadata.namespace ?? workload.namespace}/${each.metadata.name}`,
      each,
    ]),
  );
}

/** How a rollout goes out; undefined for other controllers. */
export function rolloutStrategy(
  name: string,
  workload: WorkloadConfig,
  platform: TrafficPlatform | undefined,
): ChartValues | undefined {
  const { controller, canary, traffic } = workload;
  if (controller !== "rollout") return undefined;
  if (traffic === undefined || platform === undefined) return canaryStrategy(canary);
  return canaryStrategy(canary, rolloutRouting(routedService(name, workload), traffic, platform));
}

/** Who connects to the pods of a service because of routes: its own, and those of others that lead to it. */
export function callersByRoutes(
  name: string,
  { namespace }: Pick<WorkloadConfig, "namespace">,
  target: Target,
): RouteCaller[] {
  const platform = workloadsPlatform(target);
  if (platform === undefined) return [];
  const callers = Object.entries(workloadsOf(target.config)).flatMap(([other, workload]) => {
    const { traffic } = workload;
    if (traffic === undefined) return [];
    const leadsHere =
      other === name ||
      routedElsewhere(traffic, routedService(other, workload)).some(
        (each) => each.name === name && each.namespace === namespace,
      );
    return leadsHere ? routeCallers(traffic, platform) : [];
  });
  const unique = new Map(callers.map((each) => [JSON.stringify(each), each]));
  return [...unique.values()];
}
