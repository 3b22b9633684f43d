import type { Construct } from "constructs";
import { GITOPS_NAMESPACE } from "../facts/platform-namespaces";
import { ArgoCd } from "../modules/gitops/argo-cd";
import { ArgoRollouts } from "../modules/gitops/argo-rollouts";
import { gitopsContract } from "./contracts";
import { InClusterStack, type InClusterStackProps } from "./in-cluster-stack";
import { publish } from "./published-outputs";

/** Argo CD over the fleet's repository, and Argo Rollouts. */
export class GitopsStack extends InClusterStack {
  constructor(scope: Construct, props: InClusterStackProps) {
    super(scope, "gitops", props);
    const { config, release, environment, clusterName, name } = this.target;
    const { gitops, observability } = config;
    if (gitops === undefined) throw new Error(`${name} has no gitops`);
    const { repo, argocd, projects } = gitops;
    const settings = {
      monitored: observability?.prometheus !== undefined,
      ...this.mirror(),
    };
    const { release: argoCd } = new ArgoCd(this, "argocd", {
      ...settings,
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
    if (gitops.rollouts) {
      new ArgoRollouts(this, "rollouts", {
        ...settings,
        chart: release.charts["argo-rollouts"],
        gatewayApi: config.traffic?.api === "gateway-api",
        // Its CRDs first, so that applications with rollouts sync.
        dependsOn: [argoCd],
      });
    }
    publish(this, gitopsContract, { namespace: GITOPS_NAMESPACE, repository: repo.url });
  }
}
