import type { Release } from "@cdktf/provider-helm/lib/release";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { ChartValues } from "../../modules/chart-values";
import { type ChartRef, HelmRelease } from "../../modules/helm-release";
import { mirrored } from "../../modules/mirrored-image";
import { GATEWAY_PLUGIN } from "../../modules/workloads/traffic/rollout-routing";
import { priorityClass, spreadOverZones, systemTolerations } from "../../modules/platform-pods";

export interface ArgoRolloutsSettings {
  readonly monitored: boolean;
  readonly imageMirror?: string;
  /** Rollouts move weights of HTTPRoutes and GRPCRoutes. @default false */
  readonly gatewayApi?: boolean;
}

export interface ArgoRolloutsProps extends ArgoRolloutsSettings {
  readonly chart: ChartRef;
  readonly dependsOn?: ITerraformDependable[];
}

/** Argo Rollouts: canary and blue-green releases of workloads. */
export class ArgoRollouts extends Construct {
  readonly release: Release;

  constructor(scope: Construct, id: string, props: ArgoRolloutsProps) {
    super(scope, id);
    this.release = new HelmRelease(this, "helm", {
      name: "argo-rollouts",
      chart: props.chart,
      namespace: "argo-rollouts",
      values: argoRolloutsValues(props),
      ...(props.dependsOn && { dependsOn: props.dependsOn }),
    }).release;
  }
}

/**
 * The plugin that moves weights of the Gateway API's routes. Built with its client 1.4 and tried with Istio 1.29 and
 * Cilium 1.18 (argoproj-labs/rollouts-plugin-trafficrouter-gatewayapi, go.mod and provider status at v0.15.0 of
 * 2026-06-26). The registry itself was not asked.
 */
const GATEWAY_PLUGIN_IMAGE = "ghcr.io/argoproj-labs/rollouts-plugin-trafficrouter-gatewayapi";
const GATEWAY_PLUGIN_VERSION = "v0.15.0";

/** What the plugin changes (its documents, "Permissions"); it runs as the controller does. */
const gatewayPluginRules: ChartValues[] = [
  {
    apiGroups: ["gateway.networking.k8s.io"],
    resources: ["httproutes", "grpcroutes"],
    verbs: ["get", "list", "update", "patch"],
  },
];

/** Copied from its image: a download at start would keep the controller from starting while the server is away. */
function gatewayPlugin(imageMirror: string | undefined): ChartValues {
  const file = "rollouts-plugin-trafficrouter-gatewayapi";
  const volumeMounts = [{ name: "gateway-api-plugin", mountPath: "/plugins" }];
  return {
    initContainers: [
      {
        name: "gateway-api-plugin",
        image: `${mirrored(GATEWAY_PLUGIN_IMAGE, imageMirror)}:${GATEWAY_PLUGIN_VERSION}`,
        command: ["cp", `/bin/${file}`, "/plugins/"],
        volumeMounts,
        resources: { requests: { cpu: "10m", memory: "64Mi" }, limits: { memory: "64Mi" } },
        securityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ["ALL"] },
          readOnlyRootFilesystem: true,
          runAsNonRoot: true,
          seccompProfile: { type: "RuntimeDefault" },
        },
      },
    ],
    trafficRouterPlugins: [{ name: GATEWAY_PLUGIN, location: `file:///plugins/${file}` }],
    volumes: [{ name: "gateway-api-plugin", emptyDir: {} }],
    volumeMounts,
  };
}

/** Values of the argo-rollouts chart, 2.41. */
export function argoRolloutsValues({
  monitored,
  imageMirror,
  gatewayApi,
}: ArgoRolloutsSettings): ChartValues {
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
      ...(gatewayApi === true && gatewayPlugin(imageMirror)),
    },
    dashboard: { enabled: false },
    // The chart's default lets the controller write resources of every mesh and gateway there is.
    providerRBAC: {
      enabled: true,
      ...(gatewayApi === true && { additionalRules: gatewayPluginRules }),
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
