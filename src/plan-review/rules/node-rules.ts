import { compareChange } from "../diff/compare";
import type { Finding } from "../model/change";
import { counted, listed, type Phrase, say, words } from "../model/phrase";
import { at, field, fields, items, type Json, sameJson, text } from "../../terraform-plan/json";
import type { PlannedChange } from "../read/plan";
import { settingLines } from "../story/setting-lines";
import { forcedIn } from "./forced";
import { groupId, groupName, paceOf, sizeOf, systemOf, templateOf } from "./node-names";
import { roomOf } from "./pods";
import { finding, isLost, losing, type Rule } from "./rule";
import type { RuleId } from "./rules";
import { isUnknownAt, nodesOf, type Surroundings } from "./surroundings";
import { versionPhrase } from "./versions";
import { orderOf as versionOrder } from "../../text/versions";

/** What a managed node group does to its nodes. */
export const nodeGroupRule: Rule = (change, around) => {
  if (change.type !== "aws_eks_node_group") return [];
  if (isLost(change)) return lossFindings(change, around);
  if (change.action !== "update") return [];
  return [
    ...(switchesSystem(change) ? [systemFinding(change, around)] : rollFindings(change, around)),
    ...labelFindings(change, around),
    ...shrinkFindings(change),
    ...boundFindings(change),
  ];
};

function switchesSystem({ before, after }: PlannedChange): boolean {
  const [old, now] = [systemOf(before), systemOf(after)];
  return old !== undefined && now !== undefined && old !== now;
}

/** EKS sets the kind of image once, so that another one is another group (CreateNodegroup, `amiType`). */
function systemFinding(change: PlannedChange, around: Surroundings): Finding {
  const [old, now] = [systemOf(change.before), systemOf(change.after)];
  return nodesFinding("NODES-SYSTEM", "puts", change, around, {
    after: say`on ${now ?? "?"} in place of ${old ?? "?"}`,
    details: [
      words(
        "a group's operating system can't be changed in place: a new group is made and the old one deleted",
      ),
      ...podsOf(change, around),
      ...orderOf(change),
      ...settingsOf(change, around, "user_data"),
    ],
  });
}

function podsOf(change: PlannedChange, around: Surroundings): Phrase[] {
  const room = roomOf(change, around);
  return room === undefined ? [] : [say`every pod on them moves, up to ${counted(room, "pod")}`];
}

function lossFindings(change: PlannedChange, around: Surroundings): Finding[] {
  if (change.action === "replace" && switchesSystem(change)) return [systemFinding(change, around)];
  return [
    nodesFinding("NODES-LOST", losing(change), change, around, {
      details: [...podsOf(change, around), ...orderOf(change)],
    }),
  ];
}

interface Told {
  readonly after?: Phrase;
  readonly details?: readonly Phrase[];
  readonly doubt?: Phrase;
}

/** `rolls node group main of 9 nodes in 3 zones`, or of several groups at once. */
function nodesFinding(
  rule: RuleId,
  verb: string,
  change: PlannedChange,
  around: Surroundings,
  { after = [], details = [], doubt }: Told,
): Finding {
  const name = groupName(change);
  const size = sizeOf(change, around);
  const rest = after.length === 0 ? [] : say` ${after}`;
  return finding(rule, say`${words(verb)} node group ${name} of ${size}${rest}`, {
    details,
    size: nodesOf(change) ?? 0,
    alike: { says: words(verb), noun: "node group", subject: name, after, line: say`${name} of ${size}` },
    ...(doubt !== undefined && { doubt }),
  });
}

/** A launch template that changes gets a new version; a group that follows it rolls, though its own plan may not say so. */
export const launchTemplateRule: Rule = (change, around) => {
  if (change.type !== "aws_launch_template" || change.action !== "update" || !isNewVersion(change)) return [];
  return around
    .beside(change, "aws_eks_node_group")
    .filter((group) => templateOf(group.before) === text(field(change.before, "id")))
    .filter(
      (group) =>
        templateOf(group.before) !== undefined &&
        !isLost(group) &&
        !switchesSystem(group) &&
        rollReasons(group).length === 0,
    )
    .map((group) =>
      nodesFinding("NODES-ROLL", "may roll", group, around, {
        details: settingsOf(group, around),
        doubt: words("it rolls if it follows the newest version of this launch template"),
      }),
    );
};

function isNewVersion({ before, after }: PlannedChange): boolean {
  return fields(after)
    .map(([key]) => key)
    .filter((key) => !/^tags(_all)?$|version|description/.test(key))
    .some((key) => !sameJson(field(before, key), field(after, key)));
}

function rollFindings(change: PlannedChange, around: Surroundings): Finding[] {
  const reasons = rollReasons(change);
  if (reasons.length === 0) return [];
  const certain = reasons.some(({ known }) => known);
  const pace = paceOf(change.after);
  return [
    nodesFinding("NODES-ROLL", certain ? "rolls" : "may roll", change, around, {
      details: [
        ...reasons.map(({ said }) => said),
        ...settingsOf(change, around),
        ...(pace === undefined ? [] : [pace]),
      ],
      ...(!certain && { doubt: words("the launch template's version is known after apply") }),
    }),
    ...skewFindings(change, around),
  ];
}

/**
 * What the group's launch template changes, by setting: `max-pods 110 to 29`.
 *
 * @param which only attributes whose path begins so
 */
function settingsOf(group: PlannedChange, around: Surroundings, which = ""): Phrase[] {
  const template = changedTemplate(group, around);
  if (template === undefined) return [];
  const named = compareChange(template).shown.filter(
    ({ path }) => path.startsWith(which) && !/^(tags|latest_version|default_version|description)/.test(path),
  );
  return settingLines(named, MOST_SETTINGS);
}

const MOST_SETTINGS = 6;

function changedTemplate(group: PlannedChange, around: Surroundings): PlannedChange | undefined {
  const id = templateOf(group.before);
  return around
    .beside(group, "aws_launch_template")
    .find(
      (each) =>
        each.action === "update" && id !== undefined && field(each.before, "id") === id && isNewVersion(each),
    );
}

/** Whether these plans replace the group's nodes, certainly or possibly. */
export function isRenewed(group: PlannedChange, around: Surroundings): boolean {
  return (
    isLost(group) ||
    forcedIn(group).length > 0 ||
    rollReasons(group).length > 0 ||
    changedTemplate(group, around) !== undefined
  );
}

/** Labels and taints of a managed group reach the nodes that run (UpdateNodegroupConfig). */
function labelFindings(change: PlannedChange, around: Surroundings): Finding[] {
  const [labels, next] = [fields(field(change.before, "labels")), field(change.after, "labels")];
  const gone = labels.filter(([key, value]) => !sameJson(field(next, key), value)).map(([key]) => key);
  const had = items(field(change.before, "taint"));
  const taints = items(field(change.after, "taint")).filter(
    (each) => text(field(each, "effect")) !== "PREFER_NO_SCHEDULE" && !had.some((old) => sameJson(old, each)),
  );
  if (gone.length + taints.length === 0) return [];
  const title = (taint: Json) =>
    `${text(field(taint, "key")) ?? "?"}=${text(field(taint, "value")) ?? ""}:${text(field(taint, "effect")) ?? "?"}`;
  return [
    nodesFinding("NODES-LABELS", "changes labels or taints of", change, around, {
      details: [
        ...(gone.length > 0 ? [say`the label ${listed(gone)} goes or changes`] : []),
        ...(taints.length > 0 ? [say`the taint ${listed(taints.map(title))} is new`] : []),
      ],
    }),
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
      {
        said: say`${words(key === "version" ? "Kubernetes" : "image")} ${versionPhrase(old, now)}`,
        known: true,
      },
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
    .beside(change, "aws_eks_cluster")
    .find((each) => field(each.before, "name") === field(change.before, "cluster_name"));
  const plane = text(field(cluster?.after, "version"));
  if (now === undefined || plane === undefined) return [];
  // Undefined where a version can't be read, which then is for AWS to refuse.
  const order = versionOrder(now, plane) ?? 0;
  if (order <= 0) return [];
  return [
    finding("NODES-ROLL", say`puts nodes of ${now} under a control plane of ${plane}`, {
      why: "A kubelet must not be newer than the API server: AWS refuses it.",
    }),
  ];
}

function shrinkFindings(change: PlannedChange): Finding[] {
  const name = groupName(change);
  const [old, now] = [scaling(change.before, "desired_size"), scaling(change.after, "desired_size")];
  if (old === undefined || now === undefined || now >= old) return [];
  return [finding("NODES-FEWER", say`shrinks node group ${name} from ${old} to ${counted(now, "node")}`)];
}

/**
 * The EKS module ignores changes of `desired_size`, so the size at which the group runs is sent again beside new bounds:
 * `Minimum capacity 4 can't be greater than desired size 3` (terraform-aws-modules/terraform-aws-eks#748 and #3521).
 */
function boundFindings(change: PlannedChange): Finding[] {
  const name = groupName(change);
  const [min, max, runs] = (["min_size", "max_size", "desired_size"] as const).map((key) =>
    scaling(change.after, key),
  );
  if (runs === undefined) return [];
  const low = min !== undefined && min > runs;
  if (!low && (max === undefined || max >= runs)) return [];
  const [bound, size] = low ? (["minimum", min] as const) : (["maximum", max ?? runs] as const);
  const cluster = text(field(change.after, "cluster_name")) ?? "CLUSTER";
  const config = `${min === undefined ? "" : `minSize=${min},`}${max === undefined ? "" : `maxSize=${max},`}desiredSize=${size}`;
  const command = `aws eks update-nodegroup-config --cluster-name ${cluster} --nodegroup-name ${groupId(change) ?? name} --scaling-config ${config}`;
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

/** As it is planned; of a replacement that is only possible, Terraform has not said it. */
function orderOf({ createBeforeDelete, rawActions }: PlannedChange): Phrase[] {
  if (rawActions.length !== 2) return [];
  return [
    createBeforeDelete
      ? words("the new group comes first: pods have somewhere to go")
      : words("the old group goes first: its pods wait for the new one"),
  ];
}

function plain(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
