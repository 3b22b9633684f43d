import type { ChartValues } from "../../modules/chart-values";
import { mirrored } from "../../modules/mirrored-image";
import { priorityClass } from "../../modules/platform-pods";

export interface CsiSettings {
  readonly rotationMinutes: number;
  readonly imageMirror?: string;
}

/** A pod that mounts secrets can be on any node. */
const everywhere = [{ operator: "Exists" }];

const DRIVER = "registry.k8s.io/csi-secrets-store";
const SIG_STORAGE = "registry.k8s.io/sig-storage";

/** Values of the secrets-store-csi-driver chart, 1.6. */
export function csiDriverValues({ rotationMinutes, imageMirror }: CsiSettings): ChartValues {
  const image = (name: string) => ({ repository: mirrored(name, imageMirror) });
  return {
    linux: {
      ...(imageMirror !== undefined && {
        image: image(`${DRIVER}/driver`),
        crds: { image: image(`${DRIVER}/driver-crds`) },
        registrarImage: image(`${SIG_STORAGE}/csi-node-driver-registrar`),
        livenessProbeImage: image(`${SIG_STORAGE}/livenessprobe`),
      }),
      priorityClassName: priorityClass.node,
      tolerations: everywhere,
    },
    windows: { enabled: false },
    enableSecretRotation: true,
    rotationPollInterval: `${rotationMinutes}m`,
    // Mounted secrets as Kubernetes secrets too, where a SecretProviderClass asks for it.
    syncSecret: { enabled: true },
    // Without these tokens AWS refuses every mount: a driver that is installed on its own has none.
    tokenRequests: [{ audience: "sts.amazonaws.com" }, { audience: "pods.eks.amazonaws.com" }],
  };
}

/** Values of the AWS provider's chart, 3.1. The driver is a release of its own. */
export function awsProviderValues({ imageMirror }: Pick<CsiSettings, "imageMirror">): ChartValues {
  const repository = "public.ecr.aws/aws-secrets-manager/secrets-store-csi-driver-provider-aws";
  return {
    "secrets-store-csi-driver": { install: false },
    ...(imageMirror !== undefined && { image: { repository: mirrored(repository, imageMirror) } }),
    priorityClassName: priorityClass.node,
    tolerations: everywhere,
  };
}
