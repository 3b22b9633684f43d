import { type InstanceType, instanceType } from "../../facts/instance-types";
import { rootVolumeProblem } from "../../facts/ebs-volumes";
import type { NodeGroupConfig } from "../../config/schema/nodes";
import type { ConfigPath } from "../../config/read/source-node";
import { policyFindings } from "../access/policies";
import type { Finding } from "../finding";

/** What a managed group says of its volume and of its role, and AWS or the platform does not take. */
export function nodeGroupPartFindings(
  path: ConfigPath,
  group: NodeGroupConfig,
  accountId: string,
): Finding[] {
  return [
    ...volumeFindings(path, group),
    ...reservedFindings(path, group),
    ...policyFindings([...path, "additionalPolicies"], group.additionalPolicies, accountId, OF_THE_PLATFORM),
  ];
}

function volumeFindings(path: ConfigPath, { rootVolume, rootVolumeGiB }: NodeGroupConfig): Finding[] {
  const message = rootVolume && rootVolumeProblem(rootVolume, rootVolumeGiB);
  if (message === undefined) return [];
  return [{ path: [...path, "rootVolume"], message, related: [[...path, "rootVolumeGiB"]] }];
}

/** kubelet refuses to start with more than there is (kubernetes/kubernetes v1.35, pkg/kubelet/cm, validateNodeAllocatable). */
function reservedFindings(path: ConfigPath, group: NodeGroupConfig): Finding[] {
  const { kubelet, instanceTypes, rootVolumeGiB } = group;
  const sum = (key: "cpus" | "memoryMiB" | "ephemeralStorageGiB") =>
    [kubelet?.systemReserved?.[key], kubelet?.kubeReserved?.[key]]
      .filter((each) => each !== undefined)
      .reduce((total, each) => total + each, 0);
  const types = instanceTypes.flatMap((name) => instanceType(name) ?? []);
  const smallest = (of: (type: InstanceType) => number) => types.toSorted((a, b) => of(a) - of(b))[0];
  const [cpus, memory] = [smallest(({ vcpu }) => vcpu), smallest(({ memoryMiB }) => memoryMiB)];
  const limits = [
    [sum("cpus"), cpus?.vcpu, "CPUs", cpus?.name, "instanceTypes"],
    [sum("memoryMiB"), memory?.memoryMiB, "MiB", memory?.name, "instanceTypes"],
    [sum("ephemeralStorageGiB"), rootVolumeGiB, "GiB of the root volume", "it", "rootVolumeGiB"],
  ] as const;
  return limits.flatMap(([reserved, there, unit, of, key]): Finding[] =>
    reserved === 0 || there === undefined || reserved < there
      ? []
      : [
          {
            path: [...path, "kubelet"],
            message: `sets aside ${reserved} ${unit}, and ${of} has ${there}: pods get nothing, or kubelet does not start; write less in systemReserved and kubeReserved`,
            related: [[...path, key]],
          },
        ],
  );
}

/** On every node's role (modules/nodes/managed-node-group.ts, and the registry module's own). */
const OF_THE_PLATFORM =
  /:iam::aws:policy\/(AmazonEKSWorkerNodePolicy|AmazonEC2ContainerRegistryReadOnly|AmazonSSMManagedInstanceCore)$/;
