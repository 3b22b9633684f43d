import { fact, type Fact, type Noted } from "../found/fact";
import { EFFECTS, familyOf } from "../eks-names";
import type { FoundGroup, FoundMachine, FoundTaint } from "../found/group";
import type { Part } from "../part";
import { factsIn, listIn } from "../part-facts";
import { OF_MODULES } from "../settings/tags";
import { first } from "./cluster";
import type { Links } from "./links";
import { thing } from "./network";
import type { Resource } from "./project";

/** What EKS makes of a group without a size or a type (API Reference, CreateNodegroup: diskSize, instanceTypes). */
const DISK_GIB = 20;
const DEFAULT_TYPE = "t3.medium";

/** Managed groups with their launch templates, and groups of instances that join the cluster by themselves. */
export function groupsIn(links: Links): readonly FoundGroup[] {
  return [
    ...links.of("aws_eks_node_group").map((each) => managed(links.use(each), links)),
    ...links
      .of("aws_autoscaling_group")
      .filter(isOfCluster)
      .map((each) => own(links.use(each), links)),
  ];
}

/** By the tag that nodes find their cluster by. */
function isOfCluster({ values }: Resource): boolean {
  return /"kubernetes\.io\/cluster\//.test(JSON.stringify(values.tag ?? values.tags ?? ""));
}

function managed(group: Resource, links: Links): FoundGroup {
  const { part, values } = group;
  const template = templateOf(group, links);
  const name = part.at("node_group_name");
  const prefix = part.at("node_group_name_prefix");
  const written = name.text();
  const start = prefix.text() ?? "";
  // A name that Terraform has made up is the prefix and a time.
  const isMade = start !== "" && (written?.startsWith(start) ?? true);
  const named = isMade ? fact(start.replace(/-$/, ""), prefix) : fact(written ?? "", name);
  const sizes = first(part.at("scaling_config"));
  const updates = first(part.at("update_config"));
  const count = updates.at("max_unavailable").number();
  const percent = updates.at("max_unavailable_percentage").number();
  const max = sizes.at("max_size").number();
  const desired = sizes.at("desired_size").number();
  const type = template?.part.at("instance_type");
  const ofTemplate = type?.text();
  const role = part.at("node_role_arn").text();
  return {
    ...thing(group),
    ...(typeof values.arn === "string" && { arn: values.arn }),
    name: named,
    kind: "managed",
    types: typesIn(
      part.at("instance_types"),
      ofTemplate === undefined || type === undefined ? undefined : fact(ofTemplate, type),
    ),
    typesAt: part.at("instance_types"),
    size: {
      min: fact(sizes.at("min_size").number() ?? 0, sizes.at("min_size")),
      ...(max !== undefined && { max }),
      ...(desired !== undefined && { desired }),
    },
    machine: machineIn(part, template?.part),
    isSpot: part.at("capacity_type").text() === "SPOT",
    ...placeOf(group, "subnet_ids", links),
    labels: factsIn(part.at("labels")),
    taints: taintsIn(part.at("taint")),
    tags: factsIn(part.at("tags")).filter(([key]) => !OF_MODULES.test(key)),
    updates: {
      ...(count !== undefined && count > 0 && { count }),
      ...(percent !== undefined && { percent }),
    },
    efa: /"efa/.test(JSON.stringify(template?.values.network_interfaces ?? "")),
    policies: policiesOf(group, links),
    ...(role !== undefined && { roleArn: role }),
  };
}

function own(group: Resource, links: Links): FoundGroup {
  const { part } = group;
  const template = templateOf(group, links);
  const name = part.at("name_prefix");
  const type = template?.part.at("instance_type") ?? part.at("instance_type");
  const types = type.text();
  const max = part.at("max_size").number();
  const desired = part.at("desired_capacity").number();
  part.at("tag").plain();
  return {
    ...thing(group),
    name: fact((name.text() ?? part.at("name").text() ?? "").replace(/-$/, ""), part.at("name")),
    kind: "own",
    types: types === undefined ? [] : [fact(types, type)],
    typesAt: type,
    size: {
      min: fact(part.at("min_size").number() ?? 0, part.at("min_size")),
      ...(max !== undefined && { max }),
      ...(desired !== undefined && { desired }),
    },
    machine: machineIn(part, template?.part),
    isSpot: false,
    ...placeOf(group, "vpc_zone_identifier", links),
    labels: [],
    taints: [],
    tags: [],
    updates: {},
    efa: false,
    policies: policiesOf(group, links),
  };
}

/** By what is written, else the one that the module makes beside the group. */
function templateOf(group: Resource, links: Links): Resource | undefined {
  const [linked] = links.from(group, "launch_template", "aws_launch_template");
  group.part.at("launch_template").plain();
  const beside = group.module === "" ? undefined : links.beside(group, "aws_launch_template")[0];
  const found = linked ?? beside;
  return found && links.use(found);
}

function typesIn(types: Part, ofTemplate: Fact<string> | undefined): readonly Fact<string>[] {
  const written = listIn(types);
  if (written.length > 0) return written;
  if (ofTemplate !== undefined) return [ofTemplate];
  types.changed(`${DEFAULT_TYPE}, as EKS takes it where nothing is written`);
  return [fact(DEFAULT_TYPE, types)];
}

/** What nodes run on: by the group's own attributes, and by its launch template's. */
export function machineIn(group: Part, template: Part | undefined): FoundMachine {
  const type = group.at("ami_type");
  const image = template?.at("image_id");
  const imageId = image?.text();
  const disk = template === undefined ? undefined : rootOf(template);
  const size = disk?.at("volume_size") ?? group.at("disk_size");
  const volume = disk?.at("volume_type");
  const iops = disk?.at("iops").number();
  const throughput = disk?.at("throughput").number();
  const encrypted = disk?.at("encrypted");
  return {
    family: fact(familyOf(type.text() ?? "AL2023_x86_64_STANDARD"), type),
    ...(image !== undefined && imageId !== undefined && { image: fact(imageId, image) }),
    sizeGiB: fact(size.number() ?? DISK_GIB, size),
    // EKS makes gp3 volumes where no launch template says otherwise.
    volumeType: fact(volume?.text() ?? "gp3", volume ?? group),
    ...(iops !== undefined && { iops }),
    ...(throughput !== undefined && { throughput }),
    ...(encrypted?.flag() === false && { plainVolume: encrypted }),
  };
}

/** Of Bottlerocket the second volume holds what nodes have; the first is the system's own. */
function rootOf(template: Part): Part | undefined {
  const all = template.at("block_device_mappings").items();
  const data = all.find((each) => each.at("device_name").text() === "/dev/xvdb") ?? all[0];
  return data && first(data.at("ebs"));
}

export function taintsIn(taints: Part): readonly Fact<FoundTaint>[] {
  return taints.items().map((each) => {
    const effect = each.at("effect").text() ?? "";
    return fact(
      {
        key: each.at("key").text() ?? "",
        value: each.at("value").text() ?? "",
        effect: EFFECTS[effect] ?? effect,
      },
      each,
    );
  });
}

function placeOf(group: Resource, attribute: string, links: Links): Pick<FoundGroup, "subnets" | "zones"> {
  const part = group.part.at(attribute);
  const ids = part.texts();
  const written = group.values[attribute];
  const found = links.from(group, attribute, "aws_subnet");
  const isLess = ids.length === 0 && Array.isArray(written) && written.length < found.length;
  if (isLess) saysLess(part, written.length, found.length);
  const zones = isLess ? [] : found.map(({ values }) => values.availability_zone);
  return { subnets: ids, zones: [...new Set(zones.filter((each) => typeof each === "string"))].sort() };
}

function saysLess(at: Noted, some: number, all: number): void {
  at.changed(
    `all zones: this is in ${some} of ${all} subnets, and which ones is known after an apply; write nodes.<group>.zones`,
  );
}

/** Of the role that the module makes beside the group. */
function policiesOf(group: Resource, links: Links): readonly string[] {
  return links.beside(group, "aws_iam_role_policy_attachment").flatMap((each) => {
    if (group.module === "") return [];
    const arn = links.use(each).part.at("policy_arn").text();
    return arn === undefined ? [] : [arn];
  });
}
