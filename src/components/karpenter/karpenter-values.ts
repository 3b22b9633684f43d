import type { ChartValues } from "../../modules/chart-values";
import { mirrored } from "../../modules/mirrored-image";
import { systemTolerations } from "../../modules/platform-pods";

export interface KarpenterSettings {
  readonly clusterName: string;
  readonly clusterEndpoint: string;
  readonly queueName: string;
  /** No free way to the internet: Karpenter then asks no service that has no endpoint (IAM, prices). */
  readonly isolated: boolean;
  /** The cluster is registered for zonal shifts. Karpenter ends at its start where it is not, or can't be asked for. */
  readonly zonalShift: boolean;
  readonly spotToSpotConsolidation: boolean;
  readonly nodeRepair: boolean;
  /** ENIs of each node that hold no pod addresses, left out of the pods that Karpenter counts on. @default 0 */
  readonly reservedEnis?: number;
  /** For IRSA. With Pod Identity the association names the account, and an annotation would get in its way. */
  readonly irsaRoleArn?: string;
  readonly imageMirror?: string;
}

/** Values of the karpenter chart, 1.14. Its defaults keep the controller off nodes of its own and replicas apart. */
export function karpenterValues(settings: KarpenterSettings): ChartValues {
  const { imageMirror, irsaRoleArn } = settings;
  return {
    replicas: 2,
    serviceAccount: {
      create: true,
      name: "karpenter",
      ...(irsaRoleArn !== undefined && { annotations: { "eks.amazonaws.com/role-arn": irsaRoleArn } }),
    },
    settings: {
      clusterName: settings.clusterName,
      clusterEndpoint: settings.clusterEndpoint,
      interruptionQueue: settings.queueName,
      eksControlPlane: true,
      isolatedVPC: settings.isolated,
      ...(settings.zonalShift && { enableZonalShift: true }),
      ...(settings.reservedEnis && { reservedENIs: String(settings.reservedEnis) }),
      featureGates: {
        spotToSpotConsolidation: settings.spotToSpotConsolidation,
        nodeRepair: settings.nodeRepair,
      },
    },
    ...(imageMirror !== undefined && {
      controller: { image: { repository: mirrored("public.ecr.aws/karpenter/controller", imageMirror) } },
    }),
    tolerations: systemTolerations,
    // CoreDNS may wait for a node of Karpenter's: it must not need CoreDNS to make one.
    dnsPolicy: "Default",
  };
}
