import { instanceType, unknownInstanceType } from "../../facts/instance-types";
import { type Plain, settings, settingsOrNone, shortNameOf } from "../draft";
import type { Fact } from "../found/fact";
import type { FoundGroup, FoundTaint } from "../found/group";
import { machineSettings } from "./machine";
import { tagSettings } from "./tags";

/** What nodes are where nothing is said: of eksctl (pkg/apis/eksctl.io/v1alpha5/types.go), and a size that holds the platform. */
export const DEFAULT_TYPE = "m5.large";
const MOST_TYPES = 20;

/** What a target has that had no group. */
export const DEFAULT_GROUP: { readonly settings: Plain; readonly says: string } = {
  settings: { main: { instanceTypes: [DEFAULT_TYPE], size: { min: 2, max: 4 } } },
  says: "one group of two to four nodes: the platform's controllers have to run somewhere",
};

export interface GroupsProps {
  /** Zones that nodes can be in; none where all are. */
  readonly zones: readonly string[];
  /** Fewest nodes that Karpenter's own replicas can run on, over all groups. */
  readonly least: number;
}

/** Undefined where there are none that can be had here. */
export function groupSettings(found: readonly FoundGroup[], props: GroupsProps): Plain | undefined {
  const groups: Record<string, Plain> = {};
  const raised = raisedGroup(found, props.least);
  for (const each of found) {
    const machine = machineSettings(each);
    const least = each === raised?.group ? raised.min : 0;
    if (machine !== undefined)
      groups[nameSettings(each, groups)] = oneGroup(each, machine, props.zones, least);
  }
  return settingsOrNone(groups);
}

/** The first group that takes Karpenter's own replicas, where all that do have too few nodes at their least. */
function raisedGroup(
  found: readonly FoundGroup[],
  least: number,
): { readonly group: FoundGroup; readonly min: number } | undefined {
  const open = found.filter(
    ({ taints, machine }) =>
      machine.family.value !== "windows" && taints.every(({ value }) => value.key === "CriticalAddonsOnly"),
  );
  const [group] = open;
  const missing = least - open.reduce((sum, { size }) => sum + size.min.value, 0);
  return group === undefined || missing <= 0 ? undefined : { group, min: group.size.min.value + missing };
}

function nameSettings({ name, kind }: FoundGroup, groups: Readonly<Record<string, Plain>>): string {
  const short = shortNameOf(name.value, 21, new Set(Object.keys(groups)));
  if (short !== name.value)
    name.at.changed(`${short}: names of groups are small letters, digits and dashes, at most 21`);
  if (kind === "own") name.at.changed(`${short}: a group that EKS manages, with nodes of its own`);
  return short;
}

function oneGroup(
  group: FoundGroup,
  machine: Readonly<Record<string, Plain | undefined>>,
  zones: readonly string[],
  least: number,
): Plain {
  const own = zones.length === 0 ? group.zones : group.zones.filter((zone) => zones.includes(zone));
  const isEverywhere = own.length === 0 || (zones.length > 0 && zones.every((zone) => own.includes(zone)));
  return settings({
    instanceTypes: typeSettings(group),
    size: sizeSettings(group, least),
    ...machine,
    capacity: group.isSpot ? "spot" : undefined,
    zones: isEverywhere ? undefined : own,
    maxPods: podSettings(group.maxPods),
    labels: labelSettings(group.labels),
    taints: taintSettings(group.taints),
    tags: tagSettings(group.tags),
    maxUnavailable: group.updates.count,
    maxUnavailablePercent: group.updates.count === undefined ? group.updates.percent : undefined,
    capacityReservation: reservationSettings(group),
    efa: group.efa ? {} : undefined,
    additionalPolicies: policySettings(group.policies),
  });
}

function typeSettings({ types, typesAt }: FoundGroup): Plain {
  const all = [...new Set(types.flatMap(knownType))];
  if (all.length > MOST_TYPES)
    typesAt.changed(`the first ${MOST_TYPES} types: AWS takes no more in a managed group`);
  return all.length > 0 ? all.slice(0, MOST_TYPES) : [DEFAULT_TYPE];
}

function knownType({ value, at }: Fact<string>): readonly string[] {
  if (instanceType(value) !== undefined) return [value];
  at.lost(`${value} ${unknownInstanceType(value)}`);
  return [];
}

function sizeSettings({ size }: FoundGroup, least: number): Plain {
  const { value, at } = size.min;
  const min = Math.max(value, least);
  if (min > value) at.changed(`${min}: Karpenter's own two replicas run on two nodes`);
  const max = Math.max(size.max ?? size.desired ?? min, min, 1);
  return settings({
    min,
    max,
    desired: size.desired === undefined || size.desired <= min ? undefined : Math.min(size.desired, max),
  });
}

function podSettings(pods: Fact<number> | undefined): number | undefined {
  if (pods === undefined || (pods.value >= 4 && pods.value <= 250)) return pods?.value;
  pods.at.changed("what the CNI and the type allow: maxPods is 4 to 250");
  return undefined;
}

const OF_OTHERS = /(kubernetes\.io|k8s\.io|eks\.amazonaws\.com|eksctl\.io)\//;

function labelSettings(labels: FoundGroup["labels"]): Plain | undefined {
  return settingsOrNone(
    Object.fromEntries(
      labels.map(([key, { value, at }]) => {
        if (!OF_OTHERS.test(`${key}/`) && !OF_OTHERS.test(key) && value !== "") return [key, value];
        at.lost("EKS refuses labels of Kubernetes' own, and those without a value; write a key of your own");
        return [key, undefined];
      }),
    ),
  );
}

function taintSettings(taints: readonly Fact<FoundTaint>[]): Plain | undefined {
  const all = taints.flatMap(({ value: { key, value, effect }, at }) => {
    if (!OF_OTHERS.test(key)) return [value === "" ? `${key}:${effect}` : `${key}=${value}:${effect}`];
    at.lost("EKS refuses taints of Kubernetes' own on managed groups; write a key of your own");
    return [];
  });
  return all.length === 0 ? undefined : all;
}

function reservationSettings({ reservation }: FoundGroup): Plain | undefined {
  if (reservation === undefined) return undefined;
  return "id" in reservation
    ? { kind: "on-demand", id: reservation.id }
    : { kind: "resource-group", arn: reservation.groupArn };
}

/** Those that every node has are the platform's. */
const OF_NODES =
  /\/(AmazonEKSWorkerNodePolicy|AmazonEKS_CNI_Policy|AmazonEC2ContainerRegistry\w+|AmazonSSMManagedInstanceCore)$/;

function policySettings(policies: readonly string[]): Plain | undefined {
  const own = policies.filter((arn) => !OF_NODES.test(arn));
  return own.length === 0 ? undefined : own;
}
