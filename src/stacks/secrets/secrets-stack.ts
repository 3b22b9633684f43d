import { Fault } from "../../text/errors";
import type { SecretSettings } from "../../model/settings";
import { TimeProvider } from "@cdktf/provider-time/lib/provider";
import type { Construct } from "constructs";
import { partitionOf } from "../../facts/regions";
import { EXTERNAL_SECRETS_NAMESPACE } from "../../components/external-secrets/record";
import { ExternalSecrets } from "../../components/external-secrets/external-secrets";
import { SecretsStoreCsi } from "../../components/secrets-store-csi-driver/secrets-store-csi";
import { secretsContract } from "./secrets-contract";
import { InClusterStack } from "../base/in-cluster-stack";
import type { PlatformStackProps } from "../base/platform-stack";
import { publish } from "../base/published-outputs";

/** How workloads get secrets from AWS: as Kubernetes secrets, as files, or both. */
export class SecretsStack extends InClusterStack {
  constructor(scope: Construct, props: PlatformStackProps) {
    super(scope, "secrets", props);
    const { secrets } = this.target.config;
    if (secrets === undefined) throw new Fault(`${this.target.name} has no secrets`);
    const external = secrets.delivery === "csi" ? undefined : this.addExternalSecrets(secrets);
    if (external) this.closeNamespace(EXTERNAL_SECRETS_NAMESPACE, [external.release]);
    if (secrets.delivery !== "external-secrets") this.addCsi(secrets);
    publish(this, secretsContract, {
      external_secrets_role_arn: external?.roleArn,
      store_role_arns: external?.storeRoleArns,
    });
  }

  private addExternalSecrets({ stores }: SecretSettings): ExternalSecrets {
    const { clusterName, region, release, config } = this.target;
    new TimeProvider(this, "time");
    return new ExternalSecrets(this, "external-secrets", {
      chart: release.charts["external-secrets"],
      clusterName,
      account: { partition: partitionOf(region), region, accountId: config.account.id },
      stores,
      ...this.placement(),
    });
  }

  private addCsi({ rotationMinutes }: SecretSettings): void {
    const { charts } = this.target.release;
    new SecretsStoreCsi(this, "csi", {
      charts: {
        driver: charts["secrets-store-csi-driver"],
        provider: charts["secrets-store-csi-driver-provider-aws"],
      },
      rotationMinutes,
      ...this.mirror(),
    });
  }
}
