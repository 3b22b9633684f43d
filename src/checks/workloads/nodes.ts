import { listed } from "../../text/listed";
import { instanceType } from "../../facts/instance-types";
import { tolerates } from "../../model/node-room";
import { mayHave, type PodPlace, podPlaces } from "../../model/pod-places";
import type { Taint } from "../../config/schema/taint";
import { type ConfigPath, formatPath } from "../../config/read/source-node";
import type { Finding } from "../finding";
import type { CheckedWorkload } from "./checked-workload";

const RELATED: readonly ConfigPath[] = [["nodes"], ["karpenter"]];

/** Whether one place has it all: the labels, no taint in the way, a node, and room on one for a pod. */
export function nodeFindings(each: CheckedWorkload): Finding[] {
  const { target, workload, path } = each;
  const { nodeLabels, tolerations } = workload.placement;
  const wanted = Object.entries(nodeLabels);
  const all = podPlaces(target.config, target.region);
  const labelled = all.filter((place) => wanted.every(([key, value]) => mayHave(place, key, value)));
  if (labelled.length === 0) {
    const missing = wanted.filter(([key, value]) => !all.some((place) => mayHave(place, key, value)));
    const value = (missing.length > 0 ? missing : wanted).map(([key, text]) => `${key}=${text}`).join(",");
    const message =
      missing.length > 0
        ? "are not the labels of any node group or pool; add them to one, or remove them"
        : "are labels of different node groups and pools, and a node has to have them all; add them to one, or remove some";
    return [{ path: [...path, "placement", "nodeLabels"], value, message, related: RELATED }];
  }
  const open = labelled.filter(({ taints }) => tolerates(tolerations, taints));
  if (open.length === 0) return [taintFinding(path, labelled)];
  const first = open[0];
  if (first !== undefined && !open.some(({ hasNodes }) => hasNodes)) return [emptyFinding(path, first)];
  return sizeFindings(each, open);
}

function taintFinding(path: ConfigPath, places: readonly PodPlace[]): Finding {
  const taints = places.map((place) => `${listed(place.taints.map(text))} (${formatPath(place.path)})`);
  return {
    path: [...path, "placement", "tolerations"],
    message: `leave the pods no node: those with their labels have the taints ${taints.join(", ")}; tolerate those of one, or leave one node group or pool without taints`,
    related: RELATED,
  };
}

const text = ({ key, value, effect }: Taint): string => `${key}${value === "" ? "" : `=${value}`}:${effect}`;

/** A warning: a scaler that somebody else installed may fill the group. */
function emptyFinding(path: ConfigPath, place: PodPlace): Finding {
  const name = formatPath(place.path);
  return {
    path: [...path, "placement"],
    message: `leaves the pods only nodes of ${name}, which starts without one, and nothing of the platform adds one, so they stay Pending; write ${name}.size.min: 1 or more, or add a pool to karpenter`,
    related: RELATED,
    rule: "NODES-NOT-SCALED",
    severity: "warning",
  };
}

/** Part of each node is the kubelet's and the system's, so a pod never gets all of one. */
function sizeFindings({ workload, path }: CheckedWorkload, places: readonly PodPlace[]): Finding[] {
  const types = places.flatMap(({ instanceTypes }) => instanceTypes.map(instanceType));
  // Nobody knows the size of a type that the table lacks; another check reports it.
  if (types.length === 0 || types.includes(undefined)) return [];
  const known = types.flatMap((type) => type ?? []);
  const { cpus, memoryMiB } = workload.resources;
  if (known.some((type) => cpus < type.vcpu && memoryMiB < type.memoryMiB)) return [];
  const most = (figures: readonly number[]) => Math.max(...figures);
  const vcpus = most(known.map(({ vcpu }) => vcpu));
  const memory = most(known.map((type) => type.memoryMiB));
  const [key, fact] =
    cpus >= vcpus
      ? (["cpus", `${vcpus} vCPUs`] as const)
      : (["memoryMiB", `${memory} MiB with ${vcpus} vCPUs`] as const);
  const message = `does not fit on any node that the pods may run on: the largest has ${fact}, part of which the system keeps; write less, or give ${formatPath(places[0]?.path ?? [])} larger types`;
  return [{ path: [...path, "resources", key], message, related: RELATED }];
}
