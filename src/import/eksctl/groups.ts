import { instanceType, unknownInstanceType } from "../../facts/instance-types";
import { type Plain, settings, settingsOrNone, shortNameOf } from "../draft";
import type { Part } from "../part";
import { machineOf } from "./machine";
import { tagsOf } from "./tags";

/** pkg/apis/eksctl.io/v1alpha5/types.go: DefaultNodeType, DefaultNodeCount. */
const DEFAULT_TYPE = "m5.large";
const DEFAULT_COUNT = 2;
const MOST_TYPES = 20;
const KARPENTER_REPLICAS = 2;

/** Managed groups, and those of eksctl's own, which become managed. */
export function groupsOf(config: Part): Plain | undefined {
  const groups: Record<string, Plain> = {};
  const least = config.at("karpenter").there ? KARPENTER_REPLICAS : 0;
  for (const key of ["managedNodeGroups", "nodeGroups"]) {
    for (const group of config.at(key).items()) {
      const machine = machineOf(group);
      if (machine === undefined) continue;
      const name = nameOf(group.at("name"), groups);
      if (key === "nodeGroups")
        group.at("name").changed(`${name}: a group that EKS manages, with nodes of its own`);
      groups[name] = groupOf(group, machine, least);
    }
  }
  if (Object.keys(groups).length > 0) return groups;
  config
    .at("managedNodeGroups")
    .changed("one group of two to four nodes: the platform's controllers have to run somewhere");
  return { main: { instanceTypes: [DEFAULT_TYPE], size: { min: 2, max: 4 } } };
}

function nameOf(part: Part, groups: Readonly<Record<string, Plain>>): string {
  const written = part.text() ?? "";
  const name = shortNameOf(written, 21, new Set(Object.keys(groups)));
  if (name !== written)
    part.changed(`${name}: names of groups are small letters, digits and dashes, at most 21`);
  return name;
}

function groupOf(group: Part, machine: Readonly<Record<string, Plain | undefined>>, least: number): Plain {
  if (group.at("privateNetworking").flag() !== true)
    group.at("privateNetworking").changed("nodes are in private subnets, without public addresses");
  const zones = group.at("availabilityZones").texts();
  return settings({
    instanceTypes: typesOf(group),
    size: sizeOf(group, least),
    ...machine,
    capacity: isSpot(group) ? "spot" : undefined,
    zones: zones.length === 0 ? undefined : zones,
    maxPods: maxPodsOf(group.at("maxPodsPerNode")),
    labels: labelsOf(group.at("labels")),
    taints: taintsOf(group.at("taints")),
    tags: tagsOf(group.at("tags")),
    ...updatesOf(group.at("updateConfig")),
    capacityReservation: reservationOf(group.at("capacityReservation")),
    efa: group.at("efaEnabled").flag() === true ? {} : undefined,
    additionalPolicies: policiesOf(group.at("iam", "attachPolicyARNs")),
  });
}

function typesOf(group: Part): Plain {
  const one = group.at("instanceType");
  const written = [
    ...group.at("instanceTypes").items(),
    ...group.at("instancesDistribution", "instanceTypes").items(),
    ...(one.there && one.text() !== "mixed" ? [one] : []),
  ];
  const all = [...new Set(written.flatMap(typeOf))];
  if (all.length > MOST_TYPES)
    group.at("instanceTypes").changed(`the first ${MOST_TYPES} types: AWS takes no more in a managed group`);
  if (all.length > 0) return all.slice(0, MOST_TYPES);
  const selector = group.at("instanceSelector");
  if (selector.there) {
    selector.plain();
    selector.changed(`${DEFAULT_TYPE}: write the types, or a Karpenter pool, which selects by itself`);
  } else one.changed(`${DEFAULT_TYPE}, as eksctl takes it where nothing is written`);
  return [DEFAULT_TYPE];
}

function typeOf(part: Part): readonly string[] {
  const name = part.text() ?? "";
  if (instanceType(name) !== undefined) return [name];
  part.lost(`${name} ${unknownInstanceType(name)}`);
  return [];
}

/** pkg/apis/eksctl.io/v1alpha5/validation.go and pkg/cfn/builder/nodegroup.go: what eksctl makes of sizes left out. */
function sizeOf(group: Part, least: number): Plain {
  const desired = group.at("desiredCapacity").number();
  const written = group.at("minSize").number() ?? desired ?? DEFAULT_COUNT;
  const min = Math.max(written, least);
  if (min > written) group.at("minSize").changed(`${min}: Karpenter's own two replicas run on two nodes`);
  const max = Math.max(group.at("maxSize").number() ?? desired ?? min, min, 1);
  return settings({ min, max, desired: desired === undefined || desired <= min ? undefined : desired });
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

function maxPodsOf(pods: Part): number | undefined {
  const written = pods.number();
  if (written === undefined || (written >= 4 && written <= 250)) return written;
  pods.changed("what the CNI and the type allow: maxPods is 4 to 250");
  return undefined;
}

const OF_OTHERS = /(kubernetes\.io|k8s\.io|eks\.amazonaws\.com|eksctl\.io)\//;

function labelsOf(labels: Part): Plain | undefined {
  return settingsOrNone(
    Object.fromEntries(
      labels.entries().map(([key, value]) => {
        if (!OF_OTHERS.test(`${key}/`) && !OF_OTHERS.test(key) && value.text() !== "")
          return [key, value.text()];
        value.lost(
          "EKS refuses labels of Kubernetes' own, and those without a value; write a key of your own",
        );
        return [key, undefined];
      }),
    ),
  );
}

/** A list of key, value and effect, or with eksctl's own groups a map of key to value:Effect. */
function taintsOf(taints: Part): Plain | undefined {
  const listed = taints.items().map((each) => {
    const value = each.at("value").text() ?? "";
    return { each, key: each.at("key").text() ?? "", value, effect: each.at("effect").text() ?? "" };
  });
  const mapped = taints.entries().map(([key, each]) => {
    const [value = "", effect] = (each.text() ?? "").split(":");
    return effect === undefined ? { each, key, value: "", effect: value } : { each, key, value, effect };
  });
  const all = [...listed, ...mapped].flatMap(({ each, key, value, effect }) => {
    if (!OF_OTHERS.test(key)) return [value === "" ? `${key}:${effect}` : `${key}=${value}:${effect}`];
    each.lost("EKS refuses taints of Kubernetes' own on managed groups; write a key of your own");
    return [];
  });
  return all.length === 0 ? undefined : all;
}

function updatesOf(update: Part): Readonly<Record<string, Plain | undefined>> {
  const count = update.at("maxUnavailable").number();
  return count === undefined
    ? { maxUnavailablePercent: update.at("maxUnavailablePercentage").number() }
    : { maxUnavailable: count };
}

function reservationOf(reservation: Part): Plain | undefined {
  const target = reservation.at("capacityReservationTarget");
  const id = target.at("capacityReservationID").text();
  if (id !== undefined) return { kind: "on-demand", id };
  const arn = target.at("capacityReservationResourceGroupARN").text();
  return arn === undefined ? undefined : { kind: "resource-group", arn };
}

/** Those that every node has are the platform's. */
const OF_NODES =
  /\/(AmazonEKSWorkerNodePolicy|AmazonEKS_CNI_Policy|AmazonEC2ContainerRegistry\w+|AmazonSSMManagedInstanceCore)$/;

function policiesOf(policies: Part): Plain | undefined {
  const own = policies.texts().filter((arn) => !OF_NODES.test(arn));
  return own.length === 0 ? undefined : own;
}
