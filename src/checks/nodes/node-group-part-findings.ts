import { rootVolumeProblem } from "../../facts/ebs-volumes";
import type { NodeGroupConfig } from "../../config/schema/nodes";
import type { ConfigPath } from "../../config/read/source-node";
import type { Finding } from "../finding";

/** What a managed group says of its volume and of its role, and AWS or the platform does not take. */
export function nodeGroupPartFindings(
  path: ConfigPath,
  group: NodeGroupConfig,
  accountId: string,
): Finding[] {
  return [
    ...volumeFindings(path, group),
    ...policyFindings([...path, "additionalPolicies"], group, accountId),
  ];
}

function volumeFindings(path: ConfigPath, { rootVolume, rootVolumeGiB }: NodeGroupConfig): Finding[] {
  const message = rootVolume && rootVolumeProblem(rootVolume, rootVolumeGiB);
  if (message === undefined) return [];
  return [{ path: [...path, "rootVolume"], message, related: [[...path, "rootVolumeGiB"]] }];
}

/** On every node's role (modules/nodes/managed-node-group.ts, and the registry module's own). */
const OF_THE_PLATFORM =
  /:iam::aws:policy\/(AmazonEKSWorkerNodePolicy|AmazonEC2ContainerRegistryReadOnly|AmazonSSMManagedInstanceCore)$/;

function policyFindings(path: ConfigPath, { additionalPolicies }: NodeGroupConfig, id: string): Finding[] {
  return additionalPolicies.flatMap((arn, index): Finding[] => {
    const message = policyProblem(arn, additionalPolicies.indexOf(arn) < index, id);
    return message === undefined ? [] : [{ path: [...path, index], message }];
  });
}

function policyProblem(arn: string, isTwice: boolean, accountId: string): string | undefined {
  const account = /^arn:[^:]+:iam::([^:]+):/.exec(arn)?.[1];
  if (isTwice) return "is listed twice; keep one";
  if (OF_THE_PLATFORM.test(arn)) return "is on every node's role already; remove it";
  return account === "aws" || account === accountId
    ? undefined
    : `is of account ${account}, and a role takes policies of its own account and of AWS only; write one of ${accountId}`;
}
