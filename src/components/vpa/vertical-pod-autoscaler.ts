import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type ChartRef, HelmRelease } from "../../modules/helm-release";
import { ManifestRelease } from "../../modules/manifest-release";
import { vpaHpaPolicies } from "./vpa-hpa-policy";
import { type VerticalPodAutoscalerSettings, verticalPodAutoscalerValues } from "./vpa-values";

export interface VerticalPodAutoscalerProps extends VerticalPodAutoscalerSettings {
  readonly chart: ChartRef;
  /** The metrics server among them: recommendations come from its figures. */
  readonly dependsOn: ITerraformDependable[];
}

/** The Vertical Pod Autoscaler, and the admission policies that keep it apart from HPAs. */
export class VerticalPodAutoscaler extends Construct {
  readonly release: HelmRelease["release"];

  constructor(scope: Construct, id: string, { chart, dependsOn, ...settings }: VerticalPodAutoscalerProps) {
    super(scope, id);
    this.release = new HelmRelease(this, "helm", {
      name: "vpa",
      chart,
      namespace: "kube-system",
      values: verticalPodAutoscalerValues(settings),
      dependsOn,
    }).release;
    new ManifestRelease(this, "vpa-policies", {
      namespace: "kube-system",
      manifests: vpaHpaPolicies(),
      dependsOn: [this.release],
    });
  }
}
