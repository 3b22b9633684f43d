import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { ChartValues } from "../chart-values";
import { type ChartRef, HelmRelease } from "../helm-release";
import { mirrored } from "../mirrored-image";
import { priorityClass, spreadOverZones, systemTolerations } from "../platform-pods";

export interface ArgoRolloutsSettings {
  readonly monitored: boolean;
  readonly imageMirror?: string;
}

export interface ArgoRolloutsProps extends ArgoRolloutsSettings {
  readonly chart: ChartRef;
  readonly dependsOn?: ITerraformDependable[];
}

/** Argo Rollouts: canary and blue-green releases of workloads. */
export class ArgoRollouts extends Construct {
  constructor(scope: Construct, id: string, props: ArgoRolloutsProps) {
    super(scope, id);
    new HelmRelease(this, "helm", {
      name: "argo-rollouts",
      chart: props.chart,
      namespace: "argo-rollouts",
      values: argoRolloutsValues(props),
      ...(props.dependsOn && { dependsOn: props.dependsOn }),
    });
  }
}

/** Values of the argo-rollouts chart, 2.41. */
export function argoRolloutsValues({ monitored, imageMirror }: ArgoRolloutsSettings): ChartValues {
  return {
    installCRDs: true,
    keepCRDs: true,
    controller: {
      replicas: 2,
      ...(imageMirror !== undefined && { image: { registry: mirrored("quay.io", imageMirror) } }),
      pdb: { enabled: true, minAvailable: 1 },
      priorityClassName: priorityClass.critical,
      tolerations: systemTolerations,
      topologySpreadConstraints: spreadOverZones({ "app.kubernetes.io/name": "argo-rollouts" }),
      metrics: { enabled: true, serviceMonitor: { enabled: monitored } },
    },
    dashboard: { enabled: false },
    // The chart's default lets the controller write resources of every mesh and gateway there is.
    providerRBAC: {
      enabled: true,
      providers: {
        istio: true,
        gatewayAPI: true,
        awsLoadBalancerController: true,
        ambassador: false,
        apisix: false,
        awsAppMesh: false,
        contour: false,
        glooPlatform: false,
        smi: false,
        traefik: false,
      },
    },
  };
}
