import { EFFECTS, familyOf } from "../eks-names";
import { fact, type Fact } from "../found/fact";
import type { FoundGroup, FoundMachine, FoundTaint } from "../found/group";
import type { FoundSubnet } from "../found/network";
import type { Part } from "../part";
import { factsIn, listIn } from "../part-facts";
import { OF_MODULES } from "../settings/tags";
import type { Answers } from "./answers";
import { attachedPolicies } from "./roles";

const DISK_GIB = 20;

/** Managed groups (API Reference, Nodegroup), with their launch templates and roles. */
export async function groupsIn(
  answers: Answers,
  cluster: string,
  subnets: readonly FoundSubnet[],
): Promise<readonly FoundGroup[]> {
  const of = ["--cluster-name", cluster];
  const names = await answers.names("nodegroups", "eks", "list-nodegroups", ...of);
  const all = await Promise.all(
    names.map(async (name) => {
      const at = await answers.one(
        "group",
        "nodegroup",
        "eks",
        "describe-nodegroup",
        ...of,
        "--nodegroup-name",
        name,
      );
      return at && groupOf(answers, at, name, subnets);
    }),
  );
  return all.flatMap((each) => each ?? []);
}

async function groupOf(
  answers: Answers,
  at: Part,
  name: string,
  all: readonly FoundSubnet[],
): Promise<FoundGroup> {
  const template = await templateOf(answers, at.at("launchTemplate"));
  const role = at.at("nodeRole").text();
  const arn = at.at("nodegroupArn").text();
  const sizes = at.at("scalingConfig");
  const [max, desired] = [sizes.at("maxSize").number(), sizes.at("desiredSize").number()];
  const count = at.at("updateConfig", "maxUnavailable").number();
  const percent = at.at("updateConfig", "maxUnavailablePercentage").number();
  const subnets = at.at("subnets").texts();
  const zones = all.filter(({ id }) => id !== undefined && subnets.includes(id)).map(({ zone }) => zone);
  return {
    at,
    id: name,
    ...(arn !== undefined && { arn }),
    // Those of Terraform's module end in when they were made.
    name: fact(name.replace(/-\d{20,}$/, ""), at.at("nodegroupName")),
    kind: "managed",
    types: typesOf(at, template),
    typesAt: at.at("instanceTypes"),
    size: {
      min: fact(sizes.at("minSize").number() ?? 0, sizes.at("minSize")),
      ...(max !== undefined && { max }),
      ...(desired !== undefined && { desired }),
    },
    machine: machineOf(at, template),
    isSpot: at.at("capacityType").text() === "SPOT",
    zones: [...new Set(zones.filter((zone) => zone !== undefined))].sort(),
    subnets,
    labels: factsIn(at.at("labels")),
    taints: taintsOf(at.at("taints")),
    tags: factsIn(at.at("tags")).filter(([key]) => !OF_MODULES.test(key)),
    updates: { ...(count !== undefined && { count }), ...(percent !== undefined && { percent }) },
    efa: isEfa(template),
    policies: await attachedPolicies(answers, role),
    ...(role !== undefined && { roleArn: role }),
  };
}

async function templateOf(answers: Answers, at: Part): Promise<Part | undefined> {
  const id = at.at("id").text();
  const version = at.at("version").text();
  at.at("name").text();
  if (id === undefined) return undefined;
  const [found] = await answers.listed(
    "template",
    "LaunchTemplateVersions",
    "LaunchTemplateId",
    "ec2",
    "describe-launch-template-versions",
    "--launch-template-id",
    id,
    "--versions",
    version ?? "$Default",
  );
  return found?.at("LaunchTemplateData");
}

function typesOf(at: Part, template: Part | undefined): readonly Fact<string>[] {
  const own = listIn(at.at("instanceTypes"));
  const type = template?.at("InstanceType");
  const text = type?.text();
  return own.length > 0 || type === undefined || text === undefined ? own : [fact(text, type)];
}

function machineOf(at: Part, template: Part | undefined): FoundMachine {
  const type = at.at("amiType");
  const image = template?.at("ImageId");
  const imageId = image?.text();
  const disk = template && rootOf(template);
  const size = disk?.at("VolumeSize") ?? at.at("diskSize");
  const iops = disk?.at("Iops").number();
  const throughput = disk?.at("Throughput").number();
  const encrypted = disk?.at("Encrypted");
  const volume = disk?.at("VolumeType");
  return {
    family: fact(familyOf(type.text() ?? "AL2023_x86_64_STANDARD"), type),
    ...(image !== undefined && imageId !== undefined && { image: fact(imageId, image) }),
    sizeGiB: fact(size.number() ?? DISK_GIB, size),
    volumeType: fact(volume?.text() ?? "gp3", volume ?? at),
    ...(iops !== undefined && { iops }),
    ...(throughput !== undefined && { throughput }),
    ...(encrypted?.flag() === false && { plainVolume: encrypted }),
  };
}

/** Of Bottlerocket the second volume holds what nodes have. */
function rootOf(template: Part): Part | undefined {
  const all = template.at("BlockDeviceMappings").items();
  return (all.find((each) => each.at("DeviceName").text() === "/dev/xvdb") ?? all[0])?.at("Ebs");
}

function isEfa(template: Part | undefined): boolean {
  const all = template?.at("NetworkInterfaces").items() ?? [];
  return all.some((each) => each.at("InterfaceType").text()?.startsWith("efa") === true);
}

function taintsOf(taints: Part): readonly Fact<FoundTaint>[] {
  return taints.items().map((each) => {
    const effect = each.at("effect").text() ?? "";
    const [key, value] = [each.at("key").text() ?? "", each.at("value").text() ?? ""];
    return fact({ key, value, effect: EFFECTS[effect] ?? effect }, each);
  });
}
