import type { Manifest } from "../manifest";

/** What a namespace may ask for in all. CPUs in cores, memory and storage in GiB. */
export interface Quota {
  readonly cpus?: number;
  readonly memoryGiB?: number;
  readonly storageGiB?: number;
  readonly pods?: number;
  readonly loadBalancers?: number;
}

/** CPU in cores, memory in MiB. */
export interface Amounts {
  readonly cpus?: number;
  readonly memoryMiB?: number;
}

/** What a container gets that asks for nothing, and the most that it may ask for. */
export interface ContainerLimits {
  readonly defaultRequest?: Amounts;
  readonly defaultLimit?: Amounts;
  readonly max?: Amounts;
}

/** Requests count and not CPU limits: those only throttle. */
export function resourceQuota(namespace: string, quota: Quota): Manifest {
  const { cpus, memoryGiB, storageGiB, pods, loadBalancers } = quota;
  return {
    apiVersion: "v1",
    kind: "ResourceQuota",
    metadata: { name: "quota", namespace },
    spec: {
      hard: {
        ...(cpus !== undefined && { "requests.cpu": cpuQuantity(cpus) }),
        ...(memoryGiB !== undefined && { "requests.memory": `${memoryGiB}Gi` }),
        ...(storageGiB !== undefined && { "requests.storage": `${storageGiB}Gi` }),
        ...(pods !== undefined && { pods: String(pods) }),
        ...(loadBalancers !== undefined && { "services.loadbalancers": String(loadBalancers) }),
      },
    },
  };
}

export function limitRange(namespace: string, limits: ContainerLimits): Manifest {
  const { defaultRequest, defaultLimit, max } = limits;
  return {
    apiVersion: "v1",
    kind: "LimitRange",
    metadata: { name: "container-limits", namespace },
    spec: {
      limits: [
        {
          type: "Container",
          ...(defaultRequest && { defaultRequest: quantities(defaultRequest) }),
          ...(defaultLimit && { default: quantities(defaultLimit) }),
          ...(max && { max: quantities(max) }),
        },
      ],
    },
  };
}

function quantities({ cpus, memoryMiB }: Amounts): Record<string, string> {
  return {
    ...(cpus !== undefined && { cpu: cpuQuantity(cpus) }),
    ...(memoryMiB !== undefined && { memory: `${memoryMiB}Mi` }),
  };
}

/** `2`, `250m`. */
export function cpuQuantity(cpus: number): string {
  return Number.isInteger(cpus) ? String(cpus) : `${Math.round(cpus * 1000)}m`;
}
