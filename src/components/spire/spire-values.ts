import type { ChartValues } from "../../modules/chart-values";
import { mirrored } from "../../modules/mirrored-image";
import { systemTolerations } from "../../modules/platform-pods";

export interface SpireSettings {
  readonly clusterName: string;
  readonly trustDomain: string;
  readonly caSubject: { readonly country: string; readonly organization: string };
  readonly storageGiB: number;
  readonly storageClass: string;
  /** The control plane does not reach pod addresses (overlay), and the chart has no host network. */
  readonly webhook: boolean;
  readonly imageMirror?: string;
}

/** Values of the spire chart, 0.30, in its strict mode, which refuses what looks like a default. */
export function spireValues(settings: SpireSettings): ChartValues {
  const { clusterName, trustDomain, caSubject, storageGiB, storageClass, webhook } = settings;
  const everywhere = [{ operator: "Exists" }];
  const images = settings.imageMirror === undefined ? noImages : mirroredImages(settings.imageMirror);
  return {
    global: {
      spire: {
        clusterName,
        trustDomain,
        caSubject: { ...caSubject, commonName: trustDomain },
        // Server and agents in namespaces of their own with Pod Security labels, priority classes, strict mode.
        recommendations: { enabled: true },
        namespaces: { system: { create: true }, server: { create: true } },
      },
    },
    "spire-server": {
      ...images.server,
      caSubject: { ...caSubject, commonName: trustDomain },
      persistence: { type: "pvc", size: `${storageGiB}Gi`, storageClass },
      tolerations: systemTolerations,
      controllerManager: {
        ...images.controllerManager,
        enabled: true,
        validatingWebhookConfiguration: { enabled: webhook },
      },
    },
    "spire-agent": { ...images.agent, tolerations: everywhere },
    "spiffe-csi-driver": { ...images.csiDriver, tolerations: everywhere },
    // Nothing outside the cluster reads its JWTs unless somebody publishes their keys.
    "spiffe-oidc-discovery-provider": { enabled: false },
  };
}

interface SpireImages {
  readonly server: ChartValues;
  readonly controllerManager: ChartValues;
  readonly agent: ChartValues;
  readonly csiDriver: ChartValues;
}

const noImages: SpireImages = { server: {}, controllerManager: {}, agent: {}, csiDriver: {} };

function mirroredImages(mirror: string): SpireImages {
  const from = (host: string) => ({ image: { registry: mirrored(host, mirror) } });
  // The chart names it without a host.
  const busybox = { image: { registry: mirrored("docker.io", mirror), repository: "library/busybox" } };
  return {
    server: { ...from("ghcr.io"), tools: { kubectl: from("registry.k8s.io"), busybox }, chown: busybox },
    controllerManager: from("ghcr.io"),
    agent: { ...from("ghcr.io"), fsGroupFix: from("cgr.dev"), socketAlternate: from("cgr.dev") },
    csiDriver: { ...from("ghcr.io"), nodeDriverRegistrar: from("registry.k8s.io") },
  };
}
