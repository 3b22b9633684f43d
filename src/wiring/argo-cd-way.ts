import { argoCdRoute } from "../model/argo-cd-route";
import type { Target } from "../model/target";
import { GITOPS_NAMESPACE } from "../components/argo-cd/record";
import { argoCdRouteManifests, type ArgoCdWay } from "../components/argo-cd/argo-cd-route";
import type { Manifest } from "../modules/manifest";

type Way = Pick<Target, "config" | "loadBalancerTargets">;

/** How users come to Argo CD; undefined: nobody does, or somebody else leads them. */
export function argoCdWay({ config, loadBalancerTargets }: Way): ArgoCdWay | undefined {
  const route = argoCdRoute(config);
  // The checks have refused a problem before (src/checks/gitops/gitops.ts).
  if (route?.kind === "alb") return { ...route, targetType: loadBalancerTargets };
  return route?.kind === "istio" ? route : undefined;
}

/** The route's objects; none where it is not of that kind. Those of Istio come with the mesh, whose kinds they are. */
export function argoCdRouteOf(target: Way, kind: ArgoCdWay["kind"]): Record<string, Manifest> {
  const way = argoCdWay(target);
  const host = target.config.gitops?.argocd.host;
  return way?.kind === kind && host !== undefined ? argoCdRouteManifests(host, GITOPS_NAMESPACE, way) : {};
}
