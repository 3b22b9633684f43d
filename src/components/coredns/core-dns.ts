import { spreadOverZones, systemTolerations } from "../../modules/platform-pods";
import { corefile, type StubZones } from "./corefile";

export interface CoreDnsProps {
  /** A number of pods, or the bounds between which EKS scales them with nodes and CPUs. */
  readonly replicas: number | { readonly min: number; readonly max: number };
  /** What each pod asks for, in 1/1000 of a CPU. */
  readonly cpuMillicores: number;
  /** Limit of each pod; half of it is asked for. */
  readonly memoryMiB: number;
  readonly stubZones: StubZones;
}

/** Configuration of the coredns add-on: replicas apart from each other, with room, and never all down at once. */
export function coreDnsConfiguration({ replicas, cpuMillicores, memoryMiB, stubZones }: CoreDnsProps) {
  return {
    // Never both: the add-on would set back what its autoscaler does.
    ...(typeof replicas === "number"
      ? { replicaCount: replicas }
      : { autoScaling: { enabled: true, minReplicas: replicas.min, maxReplicas: replicas.max } }),
    resources: {
      requests: { cpu: `${cpuMillicores}m`, memory: `${Math.floor(memoryMiB / 2)}Mi` },
      limits: { memory: `${memoryMiB}Mi` },
    },
    tolerations: systemTolerations,
    topologySpreadConstraints: spreadOverZones({ "k8s-app": "kube-dns" }),
    podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
    corefile: corefile(stubZones),
  };
}
