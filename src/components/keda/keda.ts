import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type ChartRef, HelmRelease } from "../../modules/helm-release";
import { ManifestRelease } from "../../modules/manifest-release";
import { PodIdentity } from "../../modules/pod-identity";
import { type KedaSettings, kedaValues } from "./keda-values";
import { type KedaReads, kedaStatements } from "./reads";
import { KEDA_NAMESPACE } from "./record";

/** What a ScaledObject's trigger names to use the operator's own AWS role. */
export const KEDA_AWS_AUTHENTICATION = "aws";

export interface KedaProps extends KedaSettings {
  readonly chart: ChartRef;
  readonly clusterName: string;
  /** What the operator may read of AWS. Nothing: KEDA has no AWS role. */
  readonly reads: KedaReads;
  readonly dependsOn: ITerraformDependable[];
}

/** KEDA, and the AWS role by which its operator reads queues, metrics and lag. */
export class Keda extends Construct {
  /** Undefined where it reads nothing of AWS. */
  readonly operatorRoleArn?: string;
  readonly release: HelmRelease["release"];

  constructor(scope: Construct, id: string, props: KedaProps) {
    super(scope, id);
    const { chart, clusterName, reads, dependsOn } = props;
    const statements = kedaStatements(reads);
    const identity =
      statements.length === 0
        ? undefined
        : new PodIdentity(this, "operator", {
            clusterName,
            purpose: "keda-operator",
            serviceAccount: { namespace: KEDA_NAMESPACE, name: "keda-operator" },
            policies: { attachCustomPolicy: true, policyStatements: statements },
          });
    this.release = new HelmRelease(this, "helm", {
      name: "keda",
      chart,
      namespace: KEDA_NAMESPACE,
      values: kedaValues(props),
      dependsOn: [...dependsOn, ...(identity ? [identity.effective] : [])],
    }).release;
    if (identity === undefined) return;
    this.operatorRoleArn = identity.roleArn;
    new ManifestRelease(this, "keda-authentication", {
      namespace: KEDA_NAMESPACE,
      manifests: {
        aws: {
          apiVersion: "keda.sh/v1alpha1",
          kind: "ClusterTriggerAuthentication",
          metadata: { name: KEDA_AWS_AUTHENTICATION },
          spec: { podIdentity: { provider: "aws" } },
        },
      },
      dependsOn: [this.release],
    });
  }
}
