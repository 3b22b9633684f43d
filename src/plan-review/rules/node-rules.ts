import type { Finding } from "../model/change";
import { counted, type Phrase, say, words } from "../model/phrase";
import { at, field, items, type Json, sameJson, text, texts } from "../read/json";
import type { PlannedChange } from "../read/plan";
import { finding, isLost, losing, type Rule } from "./rule";
import { isUnknownAt, nodesOf, type Surroundings } from "./surroundings";

/** What a managed node group does to its nodes. */
export const nodeGroupRule: Rule = (change, around) => {
  if (change.type !== "aws_eks_node_group") return [];
  const name = groupName(change);
  const size = sizeOf(change, around);
  if (isLost(change)) {
    const order = change.action === "replace" ? [orderOf(change)] : [];
    return [
      finding("NODES-LOST", say`${words(losing(change))} node group ${name} of ${size}`, { details: order }),
    ];
  }
  if (change.action !== "update") return [];
  return [
    ...rollFindings(change, name, size, around),
    ...shrinkFindings(change, name),
    ...boundFindings(change, name),
  ];
};

/** A launch template that changes gets a new version; a group that follows it rolls, though its own plan may not say so. */
export const launchTemplateRule: Rule = (change, around) => {
  if (change.type !== "aws_launch_template" || change.action !== "update") return [];
  const keys = Object.keys(objectOf(change.after)).filter(
    (key) => !/^tags(_all)?$|version|description/.test(key),
  );
  if (!keys.some((key) => !sameJson(field(change.before, key), field(change.after, key)))) return [];
  return around
    .changesOf("aws_eks_node_group")
    .filter((group) => templateOf(group.before) === text(field(change.before, "id")))
    .filter(
      (group) => templateOf(group.before) !== undefined && !isLost(group) && rollReasons(group).length === 0,
    )
    .map((group) =>
      finding("NODES-ROLL", say`may roll node group ${groupName(group)} of ${sizeOf(group, around)}`, {
        doubt: words("it rolls if it follows the newest version of this launch template"),
      }),
    );
};

function rollFindings(change: PlannedChange, name: string, size: Phrase, around: Surroundings): Finding[] {
  const reasons = rollReasons(change);
  if (reasons.length === 0) return [];
  const certain = reasons.some(({ known }) => known);
  const pace = paceOf(change.after);
  return [
    finding("NODES-ROLL", say`${words(certain ? "rolls" : "may roll")} node group ${name} of ${size}`, {
      details: [...reasons.map(({ said }) => said), ...(pace === undefined ? [] : [pace])],
      ...(!certain && { doubt: words("the launch template's version is known after apply") }),
    }),
    ...skewFindings(change, around),
  ];
}

interface Reason {
  readonly said: Phrase;
  readonly known: boolean;
}

function rollReasons(change: PlannedChange): Reason[] {
  const attributes = ["version", "release_version"].flatMap((key): Reason[] => {
    const [old, now] = [text(field(change.before, key)), text(field(change.after, key))];
    if (old === undefined || now === undefined || old === now) return [];
    return [
      { said: say`${words(key === "version" ? "Kubernetes" : "image")} ${old} to ${now}`, known: true },
    ];
  });
  const path = ["launch_template", 0, "version"] as const;
  const [old, now] = [at(change.before, path), at(change.after, path)];
  const unknown = isUnknownAt(change, "launch_template");
  if (unknown) return [...attributes, { said: words("launch template gets a new version"), known: false }];
  if (old === undefined || now === undefined || sameJson(old, now)) return attributes;
  return [...attributes, { said: say`launch template version ${plain(old)} to ${plain(now)}`, known: true }];
}

/** Kubelets may be up to three minor versions older than the API server, never newer (kubernetes.io/releases/version-skew-policy). */
function skewFindings(change: PlannedChange, around: Surroundings): Finding[] {
  const now = text(field(change.after, "version"));
  const cluster = around
    .changesOf("aws_eks_cluster")
    .find((each) => field(each.before, "name") === field(change.before, "cluster_name"));
  const plane = text(field(cluster?.after, "version"));
  if (now === undefined || plane === undefined) return [];
  const [nodes, control] = [now, plane].map((version) => Number(version.split(".")[1]));
  if (nodes === undefined || control === undefined || !(nodes > control)) return [];
  return [
    finding("NODES-ROLL", say`puts nodes of ${now} under a control plane of ${plane}`, {
      why: "A kubelet must not be newer than the API server: AWS refuses it.",
    }),
  ];
}

function shrinkFindings(change: PlannedChange, name: string): Finding[] {
  const [old, now] = [scaling(change.before, "desired_size"), scaling(change.after, "desired_size")];
  if (old === undefined || now === undefined || now >= old) return [];
  return [finding("NODES-FEWER", say`shrinks node group ${name} from ${old} to ${counted(now, "node")}`)];
}

/**
 * The EKS module ignores changes of `desired_size`, so the size at which the group runs is sent again beside new bounds:
 * `Minimum capacity 4 can't be greater than desired size 3` (terraform-aws-modules/terraform-aws-eks issues 748 and 3521).
 */
function boundFindings(change: PlannedChange, name: string): Finding[] {
  const [min, max, runs] = (["min_size", "max_size", "desired_size"] as const).map((key) =>
    scaling(change.after, key),
  );
  if (runs === undefined) return [];
  const low = min !== undefined && min > runs;
  if (!low && (max === undefined || max >= runs)) return [];
  const [bound, size] = low ? (["minimum", min] as const) : (["maximum", max ?? runs] as const);
  const cluster = text(field(change.after, "cluster_name")) ?? "CLUSTER";
  const config = `${min === undefined ? "" : `minSize=${min},`}${max === undefined ? "" : `maxSize=${max},`}desiredSize=${size}`;
  const command = `aws eks update-nodegroup-config --cluster-name ${cluster} --nodegroup-name ${name} --scaling-config ${config}`;
  return [
    finding(
      "NODES-SIZE-REFUSED",
      say`sets the ${words(bound)} of node group ${name} to ${counted(size, "node")}, and ${words(runs === 1 ? "1 runs" : `${runs} run`)}: AWS refuses it`,
      { details: [say`first give it the size, in one call with its bounds: ${command}`] },
    ),
  ];
}

function scaling(values: Json, key: "min_size" | "max_size" | "desired_size"): number | undefined {
  const size = at(values, ["scaling_config", 0, key]);
  return typeof size === "number" ? size : undefined;
}

/** `9 nodes in 3 zones`, as far as it is known. */
function sizeOf(change: PlannedChange, around: Surroundings): Phrase {
  const nodes = nodesOf(change);
  const subnets = texts(field(change.before, "subnet_ids"));
  const zones = around.zonesOf(subnets);
  const where = zones === undefined ? counted(subnets.length, "subnet") : counted(zones.length, "zone");
  const number = nodes === undefined ? words("an unknown number of nodes") : counted(nodes, "node");
  return subnets.length === 0 ? number : say`${number} in ${where}`;
}

function paceOf(values: Json): Phrase | undefined {
  const update = items(field(values, "update_config"))[0];
  const share = field(update, "max_unavailable_percentage");
  const number = field(update, "max_unavailable");
  if (typeof share === "number" && share > 0) return words(`at most ${share}% of its nodes at a time`);
  if (typeof number === "number" && number > 0) return say`at most ${counted(number, "node")} at a time`;
  return undefined;
}

function orderOf({ createBeforeDelete }: PlannedChange): Phrase {
  return createBeforeDelete
    ? words("the new group comes first: pods have somewhere to go")
    : words("the old group goes first: its pods wait for the new one");
}

function groupName(change: PlannedChange): string {
  const name = text(field(change.before, "node_group_name")) ?? text(field(change.after, "node_group_name"));
  return name ?? change.address;
}

function templateOf(values: Json): string | undefined {
  return text(at(values, ["launch_template", 0, "id"]));
}

function plain(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function objectOf(values: Json): object {
  return typeof values === "object" && values !== null ? values : {};
}
