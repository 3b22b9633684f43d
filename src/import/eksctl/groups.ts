import { fact } from "../found/fact";
import type { FoundGroup, FoundTaint } from "../found/group";
import type { Fact } from "../found/fact";
import type { Part } from "../part";
import { DEFAULT_TYPE } from "../settings/groups";
import { factsIn } from "../part-facts";
import { machineIn } from "./machine";

/** pkg/apis/eksctl.io/v1alpha5/types.go: DefaultNodeCount. */
const DEFAULT_COUNT = 2;

/** Managed groups, and those of eksctl's own, which become managed. */
export function groupsIn(config: Part): readonly FoundGroup[] {
  return [
    ...config
      .at("managedNodeGroups")
      .items()
      .map((group) => groupIn(group, "managed")),
    ...config
      .at("nodeGroups")
      .items()
      .map((group) => groupIn(group, "own")),
  ];
}

function groupIn(group: Part, kind: FoundGroup["kind"]): FoundGroup {
  const machine = machineIn(group);
  const name = group.at("name");
  const own = { at: group, kind, name: fact(name.text() ?? "", name), machine };
  if (machine.family.value === "windows") return { ...own, ...NOTHING, typesAt: group, size: noSize(group) };
  if (group.at("privateNetworking").flag() !== true)
    group.at("privateNetworking").changed("nodes are in private subnets, without public addresses");
  const maxPods = group.at("maxPodsPerNode");
  const pods = maxPods.number();
  const reservation = reservationOf(group.at("capacityReservation"));
  return {
    ...own,
    ...typesIn(group),
    size: sizeIn(group),
    isSpot: isSpot(group),
    zones: group.at("availabilityZones").texts(),
    subnets: [],
    ...(pods !== undefined && { maxPods: fact(pods, maxPods) }),
    labels: factsIn(group.at("labels")),
    taints: taintsIn(group.at("taints")),
    tags: factsIn(group.at("tags")),
    updates: updatesIn(group.at("updateConfig")),
    ...(reservation && { reservation }),
    efa: group.at("efaEnabled").flag() === true,
    policies: group.at("iam", "attachPolicyARNs").texts(),
  };
}

/** Of a group that is left out as a whole nothing else is read. */
const NOTHING = {
  types: [],
  isSpot: false,
  zones: [],
  subnets: [],
  labels: [],
  taints: [],
  tags: [],
  updates: {},
  efa: false,
  policies: [],
} as const;

function noSize(group: Part): FoundGroup["size"] {
  return { min: fact(DEFAULT_COUNT, group) };
}

function typesIn(group: Part): Pick<FoundGroup, "types" | "typesAt"> {
  const one = group.at("instanceType");
  const typesAt = group.at("instanceTypes");
  const written = [
    ...typesAt.items(),
    ...group.at("instancesDistribution", "instanceTypes").items(),
    ...(one.there && one.text() !== "mixed" ? [one] : []),
  ];
  if (written.length > 0) return { types: written.map((each) => fact(each.text() ?? "", each)), typesAt };
  const selector = group.at("instanceSelector");
  if (selector.there) {
    selector.plain();
    selector.changed(`${DEFAULT_TYPE}: write the types, or a Karpenter pool, which selects by itself`);
  } else one.changed(`${DEFAULT_TYPE}, as eksctl takes it where nothing is written`);
  return { types: [], typesAt };
}

/** pkg/apis/eksctl.io/v1alpha5/validation.go and pkg/cfn/builder/nodegroup.go: what eksctl makes of sizes left out. */
function sizeIn(group: Part): FoundGroup["size"] {
  const desired = group.at("desiredCapacity").number();
  const least = group.at("minSize");
  const max = group.at("maxSize").number();
  return {
    min: fact(least.number() ?? desired ?? DEFAULT_COUNT, least),
    ...(max !== undefined && { max }),
    ...(desired !== undefined && { desired }),
  };
}

/** Of a managed group by one word; of eksctl's own where less than all above the base is on demand. */
function isSpot(group: Part): boolean {
  if (group.at("spot").flag() === true) return true;
  const distribution = group.at("instancesDistribution");
  if (!distribution.there) return false;
  const above = distribution.at("onDemandPercentageAboveBaseCapacity");
  const base = distribution.at("onDemandBaseCapacity").number() ?? 0;
  const part = above.number() ?? 100;
  if (part > 0 && part < 100)
    above.changed("on demand as a whole: a managed group is one or the other; make a spot group beside it");
  return part === 0 && base === 0;
}

/** A list of key, value and effect, or with eksctl's own groups a map of key to value:Effect. */
function taintsIn(taints: Part): readonly Fact<FoundTaint>[] {
  const listed = taints.items().map((each) => {
    const value = each.at("value").text() ?? "";
    return fact({ key: each.at("key").text() ?? "", value, effect: each.at("effect").text() ?? "" }, each);
  });
  const mapped = taints.entries().map(([key, each]) => {
    const [value = "", effect] = (each.text() ?? "").split(":");
    return fact(effect === undefined ? { key, value: "", effect: value } : { key, value, effect }, each);
  });
  return [...listed, ...mapped];
}

function updatesIn(update: Part): FoundGroup["updates"] {
  const count = update.at("maxUnavailable").number();
  if (count !== undefined) return { count };
  const percent = update.at("maxUnavailablePercentage").number();
  return percent === undefined ? {} : { percent };
}

function reservationOf(reservation: Part): FoundGroup["reservation"] {
  const target = reservation.at("capacityReservationTarget");
  const id = target.at("capacityReservationID").text();
  if (id !== undefined) return { id };
  const groupArn = target.at("capacityReservationResourceGroupARN").text();
  return groupArn === undefined ? undefined : { groupArn };
}
