import type { Cause, Change } from "../model/change";
import { byImpact } from "../model/impact";
import {
  at,
  canonical,
  field,
  fields,
  holdsTrue,
  isArray,
  isObject,
  items,
  type Json,
  text,
} from "../../terraform-plan/json";
import type { PlannedChange } from "../read/plan";
import { containsRange } from "../rules/ranges";
import { isLost } from "../rules/rule";
import type { RuleId } from "../rules/rules";
import { renamesOfClusters, sameTarget, targetOf } from "../rules/surroundings";

/** A change with what it was made of. */
export interface Weighed {
  readonly planned: PlannedChange;
  readonly change: Change;
}

/** Findings that take something away or move it, and so take others along. */
const CAUSES: ReadonlySet<RuleId> = new Set<RuleId>([
  "NET-REBUILD",
  "EKS-CLUSTER-LOST",
  "CNI-SWITCHED",
  "NET-MOVED",
  "NODES-SYSTEM",
  "NODES-LOST",
  "NODES-ROLL",
  "DATA-LOST",
  "NET-ROUTE",
  "IAM-LOST",
  "HELM-LOST",
  "REPLACED",
  "DELETED",
]);

/** Findings that say nothing new beside what took them along. */
const FOLLOWERS: ReadonlySet<RuleId> = new Set<RuleId>([
  "DELETED",
  "REPLACED",
  "ALARM-LOST",
  "NET-ROUTE",
  "NET-MOVED",
  "IAM-LOST",
  "EKS-ACCESS-LOST",
  "SG-CLOSED",
  "HELM-LOST",
  "CNI-LOST",
  "NODES-LOST",
  "NODES-ROLL",
  "ADDON-CHANGED",
  "NODE-AGENT-RESTART",
]);

/** Findings that say nothing new where the thing itself goes: its public access block, its policy. */
const OF_GONE: ReadonlySet<RuleId> = new Set<RuleId>(["DATA-UNPROTECTED", "IAM-WIDENED"]);

/**
 * Gives each change that follows from another its cause: the launch template, alarms and roles of a deleted group, the subnets of
 * a rebuilt VPC. No cause is lighter than what follows from it, and what opens or grants something is told by itself.
 *
 * @param sorted the worst first
 */
export function withCauses(sorted: readonly Weighed[]): Change[] {
  const known: Known = { owners: new Map(), mentions: new Map(), wholes: [] };
  return sorted.map((each) => {
    const root = causeOf(each, known);
    const takesAlong = each.change.findings.some(({ rule }) => CAUSES.has(rule)) || isLostEntry(each.planned);
    if (takesAlong) remember(each, root ?? each, known);
    return root === undefined ? each.change : { ...each.change, cause: placeOf(root) };
  });
}

/** Findings that take along what stands beside them. */
const WHOLES: readonly RuleId[] = ["NET-REBUILD", "EKS-CLUSTER-LOST", "CNI-SWITCHED"];

/** Causes seen so far, each by where it is told: what follows from a consequence is told with it. */
interface Known {
  /** By what others call it. */
  readonly owners: Map<string, Weighed>;
  /** By what was made for it alone. */
  readonly mentions: Map<string, Weighed>;
  /** Those that take along what stands beside them. */
  readonly wholes: { readonly scope: Weighed; readonly root: Weighed }[];
}

function remember(each: Weighed, root: Weighed, { owners, mentions, wholes }: Known): void {
  for (const id of identifiers(each.planned).map((value) => knownAs(value, each.planned)))
    if (!owners.has(id)) owners.set(id, root);
  for (const id of ownedBy(each.planned).map((value) => knownAs(value, each.planned)))
    if (!mentions.has(id)) mentions.set(id, root);
  if (WHOLES.some((rule) => has(each, rule)) || isLostGroup(each)) wholes.push({ scope: each, root });
}

function causeOf(each: Weighed, { owners, mentions, wholes }: Known): Weighed | undefined {
  const beside = wholes.find(({ scope, root }) => allows(root, each) && goesWith(scope, each));
  if (beside !== undefined || !follows(each)) return beside?.root;
  const { planned } = each;
  const own = identifiers(planned)
    .map((id) => mentions.get(knownAs(id, planned)))
    .find((cause) => cause !== undefined && allows(cause, each));
  if (own !== undefined) return own;
  return [...leafTexts(planned.before), ...accessEntryOf(planned)]
    .map((value) => owners.get(knownAs(value, planned)))
    .find((cause) => cause !== undefined && allows(cause, each));
}

/** What goes for certain does not follow from what only may go. */
function allows({ change: cause }: Weighed, { planned, change }: Weighed): boolean {
  return (
    byImpact(cause.couldBe, change.couldBe) <= 0 &&
    (!isLost(planned) || byImpact(cause.impact, change.impact) <= 0)
  );
}

/** ARNs and ids that AWS makes: no two are alike, wherever they stand. */
const UNIQUE = /^arn:|^[a-z]+-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;

/** A name is one of its target, and a reference one of its stack: others may use the same. */
function knownAs(value: string, of: PlannedChange): string {
  if (UNIQUE.test(value)) return value;
  return JSON.stringify([value.startsWith("${") ? of.stack : targetOf(of), value]);
}

function follows({ planned, change }: Weighed): boolean {
  if (change.findings.length === 0) return planned.type === "aws_launch_template";
  return change.findings.every(
    ({ rule }) => FOLLOWERS.has(rule) || (OF_GONE.has(rule) && planned.action === "delete"),
  );
}

function goesWith(cause: Weighed, each: Weighed): boolean {
  const same = cause.planned.stack === each.planned.stack;
  if (has(cause, "NET-REBUILD")) return followsRange(cause.planned, each) || (same && follows(each));
  if (has(cause, "EKS-CLUSTER-LOST"))
    return (
      sameTarget(cause.planned, each.planned) &&
      ((follows(each) && isInCluster(each.planned, cause.planned)) || followsName(cause, each))
    );
  if (has(cause, "CNI-SWITCHED")) return same && each.planned.action === "delete" && follows(each);
  const module = moduleOf(cause.planned);
  return same && module !== "" && module === moduleOf(each.planned) && follows(each);
}

/** A group that only rolls keeps its role and all else that is made for it. */
function isLostGroup(each: Weighed): boolean {
  return each.planned.type === "aws_eks_node_group" && (has(each, "NODES-LOST") || has(each, "NODES-SYSTEM"));
}

/** An access entry takes its policies along; one that only changes its groups does not. */
function isLostEntry(planned: PlannedChange): boolean {
  return planned.type === "aws_eks_access_entry" && isLost(planned);
}

/** The id of the access entry that a policy association is for: `<cluster>:<principal ARN>`, as the AWS provider makes it. */
function accessEntryOf({ type, before }: PlannedChange): string[] {
  if (type !== "aws_eks_access_policy_association") return [];
  const [cluster, principal] = ["cluster_name", "principal_arn"].map((key) => text(field(before, key)));
  return cluster === undefined || principal === undefined ? [] : [`${cluster}:${principal}`];
}

function isInCluster({ type, before, stack }: PlannedChange, cluster: PlannedChange): boolean {
  const [name, lost] = [text(field(before, "cluster_name")), text(field(cluster.before, "name"))];
  if (name === undefined || name.startsWith("${") || lost === undefined)
    return stack === cluster.stack || name !== undefined || /^(helm_release|kubernetes_)/.test(type);
  return name === lost;
}

function has({ change }: Weighed, rule: RuleId): boolean {
  return change.findings.some((each) => each.rule === rule);
}

/** Whether all that changes is addresses of the VPC's old range that become addresses of its new one. Lost data is told by itself. */
function followsRange(vpc: PlannedChange, { planned, change }: Weighed): boolean {
  const { before, after, afterUnknown, action } = planned;
  const [from, to] = [text(field(vpc.before, "cidr_block")), text(field(vpc.after, "cidr_block"))];
  if (from === undefined || to === undefined || action === "delete") return false;
  // A new thing follows the new range where no rule has a word for it; what it opens is told by itself.
  if (action === "create" && change.findings.length > 0) return false;
  if (change.findings.some(({ rule }) => rule === "DATA-LOST")) return false;
  const [old, now] = [ranges(before), ranges(after)];
  const gone = [...old].filter((each) => !now.has(each));
  const come = [...now].filter((each) => !old.has(each));
  return (
    gone.length + come.length > 0 &&
    gone.every((each) => containsRange(from, each)) &&
    come.every((each) => containsRange(to, each)) &&
    (action === "create" || isSameBut(RANGE, before, after, afterUnknown))
  );
}

const RANGE = /\b\d{1,3}(?:\.\d{1,3}){3}\/\d{1,2}\b/g;

/** Whether two values are alike but for what the pattern finds in texts, and what is known after apply only. */
function isSameBut(pattern: RegExp, before: Json, after: Json, unknown: Json | undefined): boolean {
  if (unknown === true) return true;
  if (typeof before === "string" && typeof after === "string")
    return before.replace(pattern, "") === after.replace(pattern, "");
  if (isArray(before) && isArray(after))
    return (
      before.length === after.length &&
      before.every((each, index) => isSameBut(pattern, each, after[index] ?? null, at(unknown, [index])))
    );
  if (!isObject(before) || !isObject(after)) return canonical(before) === canonical(after);
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].every((key) =>
    isSameBut(pattern, field(before, key) ?? null, field(after, key) ?? null, field(unknown, key)),
  );
}

/** Whether nothing changes but the cluster's name, in whatever is called after it. Data that is lost for it is told by itself. */
function followsName(cluster: Weighed, { planned, change }: Weighed): boolean {
  const [name] = renamesOfClusters([cluster.planned]);
  const { before, after, afterUnknown, action } = planned;
  if (name === undefined || (action !== "update" && action !== "replace")) return false;
  if (change.findings.some(({ rule }) => rule === "DATA-LOST")) return false;
  const steps = fields(before)
    .filter(([key]) => !holdsTrue(field(afterUnknown, key)))
    .map(([key, value]) => [canonical(value), canonical(field(after, key))] as const)
    .filter(([old, now]) => old !== now);
  return steps.every(([old, now]) => old.replaceAll(name[0], name[1]) === now);
}

function ranges(values: Json): ReadonlySet<string> {
  const all = leafTexts(values).flatMap((each) => each.match(RANGE) ?? []);
  return new Set(all);
}

function placeOf({ change: { stack, address } }: Weighed): Cause {
  return { stack, address };
}

function moduleOf({ address }: PlannedChange): string {
  return /^((?:module\.[^.[]+(?:\["[^"]*"\]|\[\d+\])?\.)+)/.exec(address)?.[1] ?? "";
}

/** What other resources know it by. */
function identifiers({ before, after, type }: PlannedChange): string[] {
  const values = before ?? after;
  const keys = ["id", "arn", ...(type === "aws_iam_role" || type === "aws_eks_cluster" ? ["name"] : [])];
  const groups = items(field(items(field(values, "resources"))[0], "autoscaling_groups"));
  return [...keys.map((key) => field(values, key)), ...groups.map((each) => field(each, "name"))].flatMap(
    (each) => (typeof each === "string" && each.length > 3 ? [each] : []),
  );
}

/** What was made for it alone, by id. */
function ownedBy({ type, before }: PlannedChange): string[] {
  if (type !== "aws_eks_node_group") return [];
  const template = items(field(before, "launch_template"))[0];
  return [field(template, "id"), field(before, "node_role_arn")].flatMap((each) => text(each) ?? []);
}

const MOST_TEXTS = 2000;

function leafTexts(value: Json): string[] {
  const found: string[] = [];
  const walk = (here: Json): void => {
    if (found.length >= MOST_TEXTS) return;
    if (typeof here === "string") found.push(here);
    else if (isArray(here)) here.forEach(walk);
    else for (const [, inner] of fields(here)) walk(inner);
  };
  walk(value);
  return found;
}
