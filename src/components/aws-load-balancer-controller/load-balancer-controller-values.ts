import type { ChartValues } from "../../modules/chart-values";
import { mirrored } from "../../modules/mirrored-image";
import { priorityClass, spreadOverZones, systemTolerations } from "../../modules/platform-pods";
import { LOAD_BALANCER_CONTROLLER_PORT } from "./record";

export interface LoadBalancerControllerSettings {
  readonly clusterName: string;
  readonly region: string;
  readonly vpcId: string;
  readonly tlsPolicy: string;
  /** Tags of everything that the controller makes. */
  readonly tags: Readonly<Record<string, string>>;
  /** Neither control plane nor load balancers reach pod addresses (overlay). */
  readonly hostNetwork: boolean;
  readonly imageMirror?: string;
  /** It carries gateways of the Gateway API out. @default false */
  readonly gateways?: boolean;
}

/** Values of the aws-load-balancer-controller chart, 3.5. */
export function loadBalancerControllerValues(settings: LoadBalancerControllerSettings): ChartValues {
  const {
    clusterName,
    region,
    vpcId,
    tlsPolicy,
    tags,
    hostNetwork,
    imageMirror,
    gateways = false,
  } = settings;
  return {
    clusterName,
    // Given, not asked of the instance: pods can't reach instance metadata at hop limit 1.
    region,
    vpcId,
    ...(imageMirror !== undefined && {
      image: { repository: mirrored("public.ecr.aws/eks/aws-load-balancer-controller", imageMirror) },
    }),
    serviceAccount: { name: "aws-load-balancer-controller" },
    replicaCount: 2,
    podDisruptionBudget: { maxUnavailable: 1 },
    priorityClassName: priorityClass.critical,
    tolerations: systemTolerations,
    topologySpreadConstraints: spreadOverZones({ "app.kubernetes.io/name": "aws-load-balancer-controller" }),
    hostNetwork,
    webhookBindPort: LOAD_BALANCER_CONTROLLER_PORT,
    // It would stop every new service of the cluster while the controller is down.
    enableServiceMutatorWebhook: false,
    // Its certificate is made anew by every rendering otherwise.
    keepTLSSecret: true,
    defaultTargetType: hostNetwork ? "instance" : "ip",
    defaultSSLPolicy: tlsPolicy,
    defaultLoadBalancerScheme: "internal",
    defaultTags: tags,
    // Classes are made apart, with what they enforce.
    createIngressClassResource: false,
    ingressClassParams: { create: false },
    enableShield: false,
    enableWaf: false,
    enableWafv2: true,
    // It wants a later Gateway API than the mesh and the CNI of a release agree on.
    controllerConfig: { featureGates: { ALBGatewayAPI: gateways, NLBGatewayAPI: false } },
  };
}
