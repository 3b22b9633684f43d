import { argoCdRoute } from "../../model/argo-cd-route";
import { fleetNamespaces, fleetPath } from "../../model/fleet-folders";
import { ManifestRelease } from "../../modules/manifest-release";
import { type Flow, tcp } from "../../modules/policies/network-flows";
import type { PlatformCallers } from "../../modules/policies/platform-namespace";
import { argoCdRouteOf, argoCdWay } from "../../wiring/argo-cd-way";
import { callerPeers } from "../../wiring/call-flows";
import { closeNamespace } from "../../wiring/close-namespace";
import { INGRESS_NAMESPACE, ingressRole } from "../../facts/istio-gateways";
import { type Installing, settingsOf } from "../installing";
import { ArgoCd } from "./argo-cd";
import { ARGO_CD_SERVER_PORT, type ArgoCdWay } from "./argo-cd-route";
import { ARGO_CD_SERVER, GITOPS_NAMESPACE } from "./record";

/** Argo CD over the fleet's repository, and the way by which users come to it. */
export function installArgoCd(stack: Installing): ArgoCd {
  const { scope, target, clusterName, mirror } = stack;
  const { config, release, environment } = target;
  const settings = settingsOf(config.gitops, target);
  const { repo, argocd, projects } = settings;
  const way = argoCdWay(target);
  const argoCd = new ArgoCd(scope, "argocd", {
    monitored: config.observability?.prometheus !== undefined,
    ...mirror,
    nodePort: way?.kind === "alb" && way.targetType === "instance",
    chart: release.charts["argo-cd"],
    namespace: GITOPS_NAMESPACE,
    environment,
    clusterName,
    repo: { ...repo, path: fleetPath(settings) },
    cluster: { workspace: target.workspace, namespaces: fleetNamespaces(target.config) },
    ...(repo.credentials && { credentials: repo.credentials }),
    ...argocd,
    teams: projects,
    teamGroups: Object.fromEntries(Object.entries(projects).map(([team, { groups }]) => [team, groups])),
  });
  const route = argoCdRouteOf(target, "alb");
  if (Object.keys(route).length > 0) {
    new ManifestRelease(scope, "argocd-route", {
      namespace: GITOPS_NAMESPACE,
      manifests: route,
      dependsOn: [argoCd.release],
    });
  }
  closeNamespace(stack, GITOPS_NAMESPACE, [argoCd.release], { callers: serverCallers(stack, way) });
  return argoCd;
}

/** Who may call the server besides Argo CD's own parts: what carries the route out; anybody where it is not the platform's. */
function serverCallers(stack: Installing, way: ArgoCdWay | undefined): Record<string, PlatformCallers> {
  const ledByOthers = argoCdRoute(stack.target.config)?.kind === "none";
  if (way === undefined && !ledByOthers) return {};
  const peers = way === undefined ? [] : routePeers(stack, way);
  const flow: Flow = { direction: "ingress", peers, ports: tcp(ARGO_CD_SERVER_PORT) };
  return {
    "allow-users": { pods: { matchLabels: { "app.kubernetes.io/name": ARGO_CD_SERVER } }, flow },
  };
}

function routePeers({ target, ipv6 }: Installing, way: ArgoCdWay): Flow["peers"] {
  if (way.kind === "istio")
    return [{ kind: "pods", namespace: INGRESS_NAMESPACE, labels: { istio: ingressRole(way.carrier) } }];
  const scheme = way.class === "alb-public" ? "public" : "internal";
  return callerPeers({ kind: "load-balancer", scheme }, { target, ipv6 });
}
