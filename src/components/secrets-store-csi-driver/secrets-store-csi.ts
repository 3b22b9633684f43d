import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type ChartRef, HelmRelease } from "../../modules/helm-release";
import { awsProviderValues, csiDriverValues, type CsiSettings } from "./csi-values";

export interface SecretsStoreCsiProps extends CsiSettings {
  readonly charts: { readonly driver: ChartRef; readonly provider: ChartRef };
  readonly dependsOn?: ITerraformDependable[];
}

/** Secrets Store CSI driver and its AWS provider. AWS is asked with the identity of the pod that mounts. */
export class SecretsStoreCsi extends Construct {
  /** Of the provider, which comes after the driver. */
  readonly release: HelmRelease["release"];

  constructor(scope: Construct, id: string, props: SecretsStoreCsiProps) {
    super(scope, id);
    const { charts, dependsOn = [] } = props;
    const driver = new HelmRelease(this, "driver", {
      name: "secrets-store-csi-driver",
      chart: charts.driver,
      namespace: "kube-system",
      values: csiDriverValues(props),
      dependsOn,
    });
    this.release = new HelmRelease(this, "provider", {
      name: "secrets-store-csi-driver-provider-aws",
      chart: charts.provider,
      namespace: "kube-system",
      values: awsProviderValues(props),
      dependsOn: [driver.release],
    }).release;
  }
}
