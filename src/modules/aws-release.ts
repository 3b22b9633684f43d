import type { Release } from "@cdktf/provider-helm/lib/release";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { ChartValues } from "./chart-values";
import { type ChartRef, HelmRelease } from "./helm-release";
import { type IdentityPolicies, PodIdentity } from "./pod-identity";

export interface AwsReleaseProps {
  readonly chart: ChartRef;
  readonly clusterName: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly policies: IdentityPolicies;
  readonly values: ChartValues;
  readonly dependsOn?: ITerraformDependable[];
}

/** A chart whose controller calls AWS: its Pod Identity, then the release. */
export class AwsRelease extends Construct {
  readonly release: Release;
  readonly roleArn: string;

  constructor(scope: Construct, id: string, props: AwsReleaseProps) {
    super(scope, id);
    const { chart, clusterName, namespace, serviceAccount, policies, values, dependsOn = [] } = props;
    const identity = new PodIdentity(this, "identity", {
      clusterName,
      purpose: id,
      serviceAccount: { namespace, name: serviceAccount },
      policies,
    });
    this.roleArn = identity.roleArn;
    this.release = new HelmRelease(this, "helm", {
      name: id,
      chart,
      namespace,
      values,
      dependsOn: [...dependsOn, identity.effective],
    }).release;
  }
}
