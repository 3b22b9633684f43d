import { listed as inWords } from "../../text/listed";
import { compareValues } from "../diff/compare";
import type { Difference } from "../diff/difference";
import { parseValues } from "../diff/documents";
import type { Finding } from "../model/change";
import { listed, type Phrase, say, words } from "../model/phrase";
import { at, field, type Json, text } from "../../terraform-plan/json";
import type { PlannedChange } from "../read/plan";
import { settingLines } from "../story/setting-lines";
import { groupName } from "./node-names";
import { isRenewed } from "./node-rules";
import { nodesAndPods } from "./pods";
import { chartOf, everyNode, valuesOf, type VersionStep } from "./release-values";
import { finding, losing } from "./rule";
import { sameTarget, type Surroundings } from "./surroundings";

/**
 * Values of the cilium chart by which a pod gets its address and its packets their way. Pods that run keep what they started
 * with (docs.cilium.io, "Migrating a cluster to Cilium" and concepts/networking/ipam: changing the IPAM mode of a live cluster
 * breaks it).
 */
const CILIUM_MODES =
  /^(ipam\.(mode|operator\.clusterPoolIPv[46](PodCIDRList|MaskSize))|eni\.(enabled|awsEnablePrefixDelegation)|routingMode|tunnelProtocol|cni\.chainingMode|ipv[46]\.enabled)\b/;

/** The same of the VPC CNI (aws/amazon-vpc-cni-k8s, README). */
const VPC_CNI_MODES =
  /^env\.(ENABLE_PREFIX_DELEGATION|AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG|ENABLE_POD_ENI|ENABLE_IPv[46]|POD_SECURITY_GROUP_ENFORCING_MODE)\b/;

/** The release of Cilium, updated. */
export function ciliumFindings(
  change: PlannedChange,
  around: Surroundings,
  version: VersionStep | undefined,
  valuesChange: boolean,
): Finding[] {
  const modes = differencesOf(valuesOf(change.before), valuesOf(change.after), CILIUM_MODES);
  if (modes.length > 0) return [switched(change, around, modes)];
  if (version === undefined && !valuesChange) return [];
  /*
   * Agents restart with a new chart version. New values go to a ConfigMap, and agents restart for them only with
   * `rollOutCiliumPods` (docs.cilium.io/en/stable/configuration).
   */
  const rolls = version !== undefined || at(valuesOf(change.after), ["rollOutCiliumPods"]) === true;
  return [
    restarted("Cilium", change, around, {
      details: [version?.said ?? words("its values change: see the differences")],
      ...(!rolls && {
        doubt: words(
          "without rollOutCiliumPods agents take new values only at their next restart, unless the pod changes",
        ),
      }),
    }),
  ];
}

/** The VPC CNI's add-on, updated. */
export function vpcCniFindings(
  change: PlannedChange,
  around: Surroundings,
  details: readonly Phrase[],
): Finding[] {
  const [old, now] = [change.before, change.after].map(
    (values) => parseValues(text(field(values, "configuration_values")) ?? "") ?? {},
  );
  const modes = differencesOf(old ?? {}, now ?? {}, VPC_CNI_MODES);
  return modes.length > 0
    ? [switched(change, around, modes)]
    : [restarted("the VPC CNI", change, around, { details })];
}

/** A CNI that goes: another takes its place, or none does. */
export function lostCni(
  change: PlannedChange,
  around: Surroundings,
  what: Phrase,
  details: readonly Phrase[],
): Finding[] {
  const next = madeCnis(change, around);
  if (
    change.action === "delete" &&
    next.length === 0 &&
    change.type === "helm_release" &&
    staysBehind(change, around)
  )
    return [chaining(say`removes Cilium from behind the VPC CNI of every pod`, change, around)];
  if (change.action === "delete" && next.length > 0) {
    const from = change.type === "helm_release" ? "Cilium" : "the VPC CNI";
    return [
      finding(
        "CNI-SWITCHED",
        say`switches every pod's network from ${words(from)} to ${words(inWords(next))}`,
        {
          details: [...details, ...orderOf(change, around), ...nodesOf(change, around)],
        },
      ),
    ];
  }
  return [finding("CNI-LOST", say`${words(losing(change))} ${what}`, { details })];
}

/** Cilium that comes beside a VPC CNI which is there already. */
export function chainedCni(change: PlannedChange, around: Surroundings): Finding[] {
  return change.action === "create" && staysBehind(change, around)
    ? [chaining(say`chains Cilium behind the VPC CNI of every pod`, change, around)]
    : [];
}

function chaining(what: Phrase, change: PlannedChange, around: Surroundings): Finding {
  return finding("CNI-SWITCHED", what, {
    why: "Pods keep the network that they started with: none moves to Cilium, or away from it, before it is restarted.",
    details: nodesOf(change, around),
  });
}

/** Whether the VPC CNI is there before and after. */
function staysBehind({ stack }: PlannedChange, around: Surroundings): boolean {
  return around
    .changesOf("aws_eks_addon")
    .some(
      (each) =>
        each.stack === stack &&
        (each.action === "no-op" || each.action === "update") &&
        field(each.after, "addon_name") === "vpc-cni",
    );
}

function switched(change: PlannedChange, around: Surroundings, modes: readonly Difference[]): Finding {
  const [first, ...rest] = settingLines(modes, 6);
  return finding("CNI-SWITCHED", say`switches how pods get their network: ${first ?? []}`, {
    details: [...rest, ...orderOf(change, around), ...nodesOf(change, around)],
  });
}

function restarted(
  name: string,
  change: PlannedChange,
  around: Surroundings,
  extra: Pick<Finding, "details"> & { doubt?: Phrase },
): Finding {
  const verb = extra.doubt === undefined ? "restarts" : "may restart";
  return finding("CNI-RESTART", say`${words(`${verb} ${name}`)} on ${everyNode(change, around)}`, extra);
}

function differencesOf(old: Json, now: Json, names: RegExp): readonly Difference[] {
  return compareValues(old, now, Infinity).shown.filter(({ path }) => names.test(path));
}

function madeCnis({ stack }: PlannedChange, around: Surroundings): string[] {
  const isMade = (each: PlannedChange) => each.stack === stack && each.action === "create";
  return [
    ...(around.changesOf("helm_release").some((each) => isMade(each) && chartOf(each) === "cilium")
      ? ["Cilium"]
      : []),
    ...(around
      .changesOf("aws_eks_addon")
      .some((each) => isMade(each) && field(each.after, "addon_name") === "vpc-cni")
      ? ["the VPC CNI"]
      : []),
  ];
}

/** What of a CNI goes and comes, and in which order: Terraform knows none between a deletion and a creation that don't refer to each other. */
function orderOf({ stack }: PlannedChange, around: Surroundings): Phrase[] {
  const parts = [...around.changesOf("helm_release"), ...around.changesOf("aws_eks_addon")].filter(
    (each) => each.stack === stack,
  );
  const named = (action: PlannedChange["action"]) =>
    parts
      .filter((each) => each.action === action)
      .map(({ before, after }) => {
        const values = before ?? after;
        return text(field(values, "addon_name")) ?? text(field(values, "name")) ?? "?";
      });
  const [gone, made] = [named("delete"), named("create")];
  if (gone.length + made.length === 0) return [];
  return [
    say`${gone.length > 0 ? say`deletes ${listed(gone)}` : []}${words(gone.length > 0 && made.length > 0 ? " and " : "")}${made.length > 0 ? say`makes ${listed(made)}` : []} in one apply, in no fixed order; nodes come after that`,
  ];
}

function nodesOf(change: PlannedChange, around: Surroundings): Phrase[] {
  const groups = around.changesOf("aws_eks_node_group").filter((each) => sameTarget(each, change));
  const renewed = groups.filter((each) => isRenewed(each, around));
  return [
    say`it hits ${nodesAndPods(change, around)}`,
    renewed.length > 0
      ? say`this also replaces the nodes of ${listed(renewed.map(groupName))}, after that`
      : words("nothing here replaces a node: make new groups beside the old ones, then delete those"),
  ];
}
