import type { Construct } from "constructs";
import { GITOPS_NAMESPACE } from "../../components/argo-cd/record";
import { settingsOf } from "../../components/installing";
import { InClusterStack } from "../base/in-cluster-stack";
import type { PlatformStackProps } from "../base/platform-stack";
import { publish } from "../base/published-outputs";
import { gitopsContract } from "./gitops-contract";

/** Argo CD over the fleet's repository, and Argo Rollouts. */
export class GitopsStack extends InClusterStack {
  constructor(scope: Construct, props: PlatformStackProps) {
    super(scope, "gitops", props);
    this.installComponents();
    const { repo } = settingsOf(this.target.config.gitops, this.target);
    publish(this, gitopsContract, { namespace: GITOPS_NAMESPACE, repository: repo.url });
  }
}
