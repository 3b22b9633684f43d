import { Fault } from "../../text/errors";
import type { Construct } from "constructs";
import { argoCdRoute } from "../../model/argo-cd-route";
import { GITOPS_NAMESPACE } from "../../components/argo-cd/record";
import { ArgoCd } from "../../components/argo-cd/argo-cd";
import { ARGO_CD_SERVER, ARGO_CD_SERVER_PORT, type ArgoCdWay } from "../../components/argo-cd/argo-cd-route";
import { ROLLOUTS_NAMESPACE } from "../../components/argo-rollouts/record";
import { ArgoRollouts } from "../../components/argo-rollouts/argo-rollouts";
import { ManifestRelease } from "../../modules/manifest-release";
import { INGRESS_NAMESPACE, INGRESS_ROLE } from "../../components/istio/istio-values";
import { type Flow, tcp } from "../../modules/policies/network-flows";
import type { PlatformCallers } from "../../modules/policies/platform-namespace";
import { argoCdRouteOf, argoCdWay } from "./argo-cd-way";
import { callerPeers } from "../call-flows";
import { gitopsContract } from "./gitops-contract";
import { InClusterStack } from "../base/in-cluster-stack";
import type { PlatformStackProps } from "../base/platform-stack";
import { publish } from "../base/published-outputs";

/** Argo CD over the fleet's repository, and Argo Rollouts. */
export class GitopsStack extends InClusterStack {
  constructor(scope: Construct, props: PlatformStackProps) {
    super(scope, "gitops", props);
    const { config, release, environment, clusterName, name } = this.target;
    const { gitops, observability } = config;
    if (gitops === undefined) throw new Fault(`${name} has no gitops`);
    const { repo, argocd, projects } = gitops;
    const settings = {
      monitored: observability?.prometheus !== undefined,
      ...this.mirror(),
    };
    const way = argoCdWay(this.target);
    const { release: argoCd } = new ArgoCd(this, "argocd", {
      ...settings,
      nodePort: way?.kind === "alb" && way.targetType === "instance",
      chart: release.charts["argo-cd"],
      namespace: GITOPS_NAMESPACE,
      environment,
      clusterName,
      repo,
      ...(repo.credentials && { credentials: repo.credentials }),
      ...argocd,
      teams: projects,
      teamGroups: Object.fromEntries(Object.entries(projects).map(([team, { groups }]) => [team, groups])),
    });
    const route = argoCdRouteOf(this.target, "alb");
    if (Object.keys(route).length > 0) {
      new ManifestRelease(this, "argocd-route", {
        namespace: GITOPS_NAMESPACE,
        manifests: route,
        dependsOn: [argoCd],
      });
    }
    this.closeNamespace(GITOPS_NAMESPACE, [argoCd], { callers: this.argoCdCallers(way) });
    if (gitops.rollouts) {
      const { release: rollouts } = new ArgoRollouts(this, "rollouts", {
        ...settings,
        chart: release.charts["argo-rollouts"],
        gatewayApi: config.traffic?.api === "gateway-api",
        // Its CRDs first, so that applications with rollouts sync.
        dependsOn: [argoCd],
      });
      this.closeNamespace(ROLLOUTS_NAMESPACE, [rollouts]);
    }
    publish(this, gitopsContract, { namespace: GITOPS_NAMESPACE, repository: repo.url });
  }

  /** Who may call the server besides Argo CD's own parts: what carries the route out; anybody where it is not the platform's. */
  private argoCdCallers(way: ArgoCdWay | undefined): Record<string, PlatformCallers> {
    const ledByOthers = argoCdRoute(this.target.config)?.kind === "none";
    if (way === undefined && !ledByOthers) return {};
    const peers = way === undefined ? [] : this.routePeers(way);
    const flow: Flow = { direction: "ingress", peers, ports: tcp(ARGO_CD_SERVER_PORT) };
    return {
      "allow-users": { pods: { matchLabels: { "app.kubernetes.io/name": ARGO_CD_SERVER } }, flow },
    };
  }

  private routePeers(way: ArgoCdWay): Flow["peers"] {
    if (way.kind === "istio")
      return [{ kind: "pods", namespace: INGRESS_NAMESPACE, labels: { istio: INGRESS_ROLE } }];
    const scheme = way.class === "alb-public" ? "public" : "internal";
    return callerPeers({ kind: "load-balancer", scheme }, { target: this.target, ipv6: this.ipv6Ranges() });
  }
}
