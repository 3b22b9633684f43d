import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type ChartRef, HelmRelease } from "../../modules/helm-release";
import { ManifestRelease } from "../../modules/manifest-release";
import { PodIdentity } from "../../modules/pod-identity";
import type { EksPodIdentityPolicyStatement } from "../../modules/registry/eks-pod-identity";
import { type KedaSettings, kedaValues } from "./keda-values";
import { KEDA_NAMESPACE } from "./record";

/** What a ScaledObject's trigger names to use the operator's own AWS role. */
export const KEDA_AWS_AUTHENTICATION = "aws";

export interface KedaProps extends KedaSettings {
  readonly chart: ChartRef;
  readonly clusterName: string;
  /** SQS queues whose length the operator may read. None: KEDA has no AWS role. */
  readonly queueArns: readonly string[];
  readonly dependsOn: ITerraformDependable[];
}

/** KEDA, and the AWS role by which its operator reads queues. */
export class Keda extends Construct {
  /** Undefined without queues. */
  readonly operatorRoleArn?: string;
  readonly release: HelmRelease["release"];

  constructor(scope: Construct, id: string, props: KedaProps) {
    super(scope, id);
    const { chart, clusterName, queueArns, dependsOn } = props;
    const identity =
      queueArns.length === 0
        ? undefined
        : new PodIdentity(this, "operator", {
            clusterName,
            purpose: "keda-operator",
            serviceAccount: { namespace: KEDA_NAMESPACE, name: "keda-operator" },
            policies: { attachCustomPolicy: true, policyStatements: queuePolicy(queueArns) },
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

/** The SQS scaler reads a queue's attributes and nothing else; it takes no message. */
export function queuePolicy(queueArns: readonly string[]): EksPodIdentityPolicyStatement[] {
  return [{ sid: "QueueLength", actions: ["sqs:GetQueueAttributes"], resources: queueArns }];
}
