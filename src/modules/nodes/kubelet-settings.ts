/** What kubelet is told beside max pods. */
export interface KubeletSettings {
  readonly systemReserved?: ReservedResources | undefined;
  readonly kubeReserved?: ReservedResources | undefined;
  /** Thresholds by kubelet's own names of signals, such as `memory.available`. */
  readonly evictionHard?: Readonly<Record<string, string | undefined>> | undefined;
  /** In percent of the volume. */
  readonly imageGc?: { readonly highPercent: number; readonly lowPercent: number } | undefined;
  readonly cpuManagerPolicy?: "none" | "static" | undefined;
  readonly topologyManagerPolicy?: "none" | "best-effort" | "restricted" | "single-numa-node" | undefined;
  readonly topologyManagerScope?: "container" | "pod" | undefined;
  readonly podPidsLimit?: number | undefined;
  readonly containerLogMaxSizeMiB?: number | undefined;
  readonly containerLogMaxFiles?: number | undefined;
  readonly cpuCfsQuota?: boolean | undefined;
}

interface ReservedResources {
  readonly cpus?: number | undefined;
  readonly memoryMiB?: number | undefined;
  readonly ephemeralStorageGiB?: number | undefined;
}

type Plain = string | number | boolean | undefined;
type Fields = Readonly<Record<string, Plain | Readonly<Record<string, Plain>>>>;

/**
 * Fields of kubelet's KubeletConfiguration (kubelet.config.k8s.io/v1beta1). nodeadm writes them as a drop-in, which kubelet
 * merges into the image's own map by map: thresholds and resources that are not named stay (awslabs/amazon-eks-ami v20260714,
 * nodeadm/internal/kubelet/config.go, writeKubeletConfig; kubernetes/kubernetes cmd/kubelet/app/server.go,
 * mergeKubeletConfigurations).
 */
export function kubeletConfiguration(kubelet: KubeletSettings): Fields {
  return given({
    systemReserved: quantities(kubelet.systemReserved),
    kubeReserved: quantities(kubelet.kubeReserved),
    evictionHard: kubelet.evictionHard && given(kubelet.evictionHard),
    imageGCHighThresholdPercent: kubelet.imageGc?.highPercent,
    imageGCLowThresholdPercent: kubelet.imageGc?.lowPercent,
    cpuManagerPolicy: kubelet.cpuManagerPolicy,
    topologyManagerPolicy: kubelet.topologyManagerPolicy,
    topologyManagerScope: kubelet.topologyManagerScope,
    podPidsLimit: kubelet.podPidsLimit,
    containerLogMaxSize: mebibytes(kubelet.containerLogMaxSizeMiB),
    containerLogMaxFiles: kubelet.containerLogMaxFiles,
    cpuCFSQuota: kubelet.cpuCfsQuota,
  });
}

/**
 * The same in Bottlerocket's words, which are its API's (bottlerocket-os/bottlerocket-settings-sdk@c135bcbc,
 * bottlerocket-settings-models/settings-extensions/kubernetes/src/lib.rs, KubernetesSettingsV1).
 */
export function bottlerocketKubernetes(kubelet: KubeletSettings): Fields {
  return given({
    "image-gc-high-threshold-percent": kubelet.imageGc?.highPercent,
    "image-gc-low-threshold-percent": kubelet.imageGc?.lowPercent,
    "cpu-manager-policy": kubelet.cpuManagerPolicy,
    "topology-manager-policy": kubelet.topologyManagerPolicy,
    "topology-manager-scope": kubelet.topologyManagerScope,
    "pod-pids-limit": kubelet.podPidsLimit,
    "container-log-max-size": mebibytes(kubelet.containerLogMaxSizeMiB),
    "container-log-max-files": kubelet.containerLogMaxFiles,
    "cpu-cfs-quota-enforced": kubelet.cpuCfsQuota,
    "system-reserved": quantities(kubelet.systemReserved),
    "kube-reserved": quantities(kubelet.kubeReserved),
    "eviction-hard": kubelet.evictionHard && given(kubelet.evictionHard),
  });
}

function quantities(reserved: ReservedResources | undefined): Readonly<Record<string, Plain>> | undefined {
  return (
    reserved &&
    given({
      cpu: reserved.cpus === undefined ? undefined : `${Math.round(reserved.cpus * 1000)}m`,
      memory: mebibytes(reserved.memoryMiB),
      "ephemeral-storage":
        reserved.ephemeralStorageGiB === undefined ? undefined : `${reserved.ephemeralStorageGiB}Gi`,
    })
  );
}

function mebibytes(size: number | undefined): string | undefined {
  return size === undefined ? undefined : `${size}Mi`;
}

/** Without what is not given, and without maps of nothing. */
function given<Value>(fields: Readonly<Record<string, Value | undefined>>): Readonly<Record<string, Value>> {
  return Object.fromEntries(
    Object.entries(fields).filter((field): field is [string, Value] => {
      const [, value] = field;
      return typeof value === "object" && value !== null
        ? Object.keys(value).length > 0
        : value !== undefined;
    }),
  );
}
