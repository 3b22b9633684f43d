import { listed } from "../../text/listed";
import { acceleratorOf } from "../../facts/accelerators";
import { bootProblem } from "../../facts/image-support";
import { instanceType, unknownInstanceType } from "../../facts/instance-types";
import { platformGroups, startSize } from "../../model/node-room";
import type { NodeGroupConfig } from "../../config/schema/nodes";
import type { TargetConfig } from "../../config/schema/target";
import type { ConfigPath } from "../../config/read/source-node";
import type { Finding, TargetCheck } from "../finding";
import { nodeGroupPartFindings } from "./node-group-parts";
import { nodePlacementFindings } from "./node-placement";

export const nodeGroupCheck: TargetCheck = (target) => {
  const { config } = target;
  const groups = Object.entries(config.nodes);
  const findings = groups.flatMap(([name, group]) => [
    ...instanceTypeFindings(["nodes", name, "instanceTypes"], group),
    ...sizeFindings(["nodes", name, "size"], group),
    ...zoneFindings(["nodes", name, "zones"], group, config.network.zones),
    ...nodeGroupPartFindings(["nodes", name], group, config.account.id),
    ...nodePlacementFindings(["nodes", name], group, target),
  ]);
  return [...findings, ...platformFindings(config)];
};

/** CoreDNS and the driver of volumes are installed right after the groups, and their add-ons wait for pods that run. */
function platformFindings(config: TargetConfig): Finding[] {
  const groups = platformGroups(config);
  const [first] = groups;
  if (first === undefined) {
    const message =
      "keeps CoreDNS off every node by taints; leave one group without taints, or with CriticalAddonsOnly only";
    return [{ path: ["nodes"], message }];
  }
  if (groups.some(([, group]) => startSize(group) > 0)) return [];
  const [name, { size }] = first;
  const others = groups.slice(1).map(([other]) => `nodes.${other}`);
  const message = `starts the group without a node, and CoreDNS, the EBS CSI driver and every controller have no other place${others.length > 0 ? ` (${others.join(", ")} as well)` : ""}: the apply fails after 20 minutes; write at least 2`;
  return [{ path: ["nodes", name, "size", size.desired === undefined ? "min" : "desired"], message }];
}

function instanceTypeFindings(path: ConfigPath, { instanceTypes, ami }: NodeGroupConfig): Finding[] {
  const unknown = instanceTypes.flatMap((name, index): Finding[] => {
    if (instanceType(name) !== undefined) return [];
    return [
      {
        path: [...path, index],
        message: unknownInstanceType(name),
      },
    ];
  });
  const known = instanceTypes.filter((name) => instanceType(name) !== undefined);
  const kinds = [
    new Set(known.flatMap((name) => instanceType(name)?.arch[0] ?? [])),
    new Set(known.map((name) => imageNames[imageOf(name)])),
  ];
  const mixed = kinds
    .filter(({ size }) => size > 1)
    .map((kind): Finding => ({
      path,
      value: `[${instanceTypes.join(", ")}]`,
      message: `mixes ${listed([...kind].sort())}, and a group has one AMI; make ${kind.size === 2 ? "two groups" : "a group for each"}`,
    }));
  const unbootable = instanceTypes.flatMap((name, index): Finding[] => {
    const message = bootProblem(name, ami);
    return message === undefined ? [] : [{ path: [...path, index], message }];
  });
  return [...unknown, ...unbootable, ...mixed];
}

const imageNames = {
  nvidia: "types with NVIDIA GPUs",
  neuron: "types with Neuron devices",
  standard: "types of the standard image",
} as const;

/** Which drivers a type's image has; there is none with those of other accelerators. */
function imageOf(name: string): keyof typeof imageNames {
  const accelerator = acceleratorOf(name);
  return accelerator === "nvidia" || accelerator === "neuron" ? accelerator : "standard";
}

function sizeFindings(path: ConfigPath, { size }: NodeGroupConfig): Finding[] {
  const { min, max, desired } = size;
  if (min > max)
    return [{ path: [...path, "min"], message: `is more than max ${max}; write at most ${max}` }];
  if (desired !== undefined && (desired < min || desired > max)) {
    return [
      {
        path: [...path, "desired"],
        message: `is outside min ${min} and max ${max}; write a number between them`,
      },
    ];
  }
  return [];
}

function zoneFindings(path: ConfigPath, group: NodeGroupConfig, zones: readonly string[]): Finding[] {
  return (group.zones ?? []).flatMap((zone, index): Finding[] =>
    zones.includes(zone)
      ? []
      : [{ path: [...path, index], message: `is not in network.zones; write one of ${zones.join(", ")}` }],
  );
}
