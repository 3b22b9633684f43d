import type { Construct } from "constructs";
import { InClusterStack } from "../base/in-cluster-stack";
import type { PlatformStackProps } from "../base/platform-stack";
import { publish } from "../base/published-outputs";
import { secretsContract } from "./secrets-contract";

/** How workloads get secrets from AWS: as Kubernetes secrets, as files, or both. */
export class SecretsStack extends InClusterStack {
  constructor(scope: Construct, props: PlatformStackProps) {
    super(scope, "secrets", props);
    const { "external-secrets": external } = this.installComponents();
    publish(this, secretsContract, {
      external_secrets_role_arn: external?.roleArn,
      store_role_arns: external?.storeRoleArns,
    });
  }
}
