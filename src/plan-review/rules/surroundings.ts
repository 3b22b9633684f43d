import { field, holdsTrue, isObject, items, type Json, text } from "../../terraform-plan/json";
import type { Plan, PlannedChange } from "../read/plan";

/** Values of a resource before and after, wherever in the plans it stands. */
interface Known {
  readonly type: string;
  readonly values: Json;
}

/** What the rules ask of the other resources of all plans under review. */
export class Surroundings {
  private readonly zones = new Map<string, string>();
  private newNames: readonly (readonly [old: string, now: string])[] | undefined;
  private readonly byType = new Map<string, PlannedChange[]>();

  /** Whether a provider has planned it: it says then what it replaces, as far as it is the real one. */
  readonly isPlanned: boolean;

  constructor(plans: readonly Plan[]) {
    this.isPlanned = !plans.some(({ isSynthesized }) => isSynthesized === true);
    for (const plan of plans) {
      for (const change of plan.changes) {
        const same = this.byType.get(change.type) ?? [];
        same.push(change);
        this.byType.set(change.type, same);
      }
      for (const { type, values } of knownResources(plan)) {
        const id = text(field(values, "id"));
        const zone = text(field(values, "availability_zone"));
        if (type === "aws_subnet" && id !== undefined && zone !== undefined) this.zones.set(id, zone);
      }
    }
  }

  changesOf(type: string): readonly PlannedChange[] {
    return this.byType.get(type) ?? [];
  }

  /** Those of the change's own target: names, and references of a synthesis, are the same in others. */
  beside(change: PlannedChange, type: string): readonly PlannedChange[] {
    return this.changesOf(type).filter((each) => sameTarget(each, change));
  }

  /** Zones of subnets, or undefined if one of them stands in no plan. */
  zonesOf(subnets: readonly string[]): readonly string[] | undefined {
    const zones = subnets.map((id) => this.zones.get(id));
    const known = zones.filter((zone) => zone !== undefined);
    return known.length === zones.length && zones.length > 0 ? [...new Set(known)].sort() : undefined;
  }

  /** Node groups of a change's target that there are. */
  groupsBeside(change: PlannedChange): readonly PlannedChange[] {
    return this.beside(change, "aws_eks_node_group").filter(({ action }) => action !== "create");
  }

  /** Nodes of all node groups of a change's target, as they were last seen; undefined if no plan holds one. */
  nodesBeside(change: PlannedChange): number | undefined {
    const groups = this.groupsBeside(change);
    return groups.length === 0 ? undefined : groups.reduce((sum, group) => sum + (nodesOf(group) ?? 0), 0);
  }

  /** What people call it: keys by their alias, or what they are for. */
  nameOf(change: PlannedChange): string {
    if (change.type !== "aws_kms_key" && change.type !== "aws_kms_key_policy") return nameOf(change);
    const ids = [change.before, change.after].flatMap((values) =>
      ["id", "key_id", "arn"].flatMap((key) => text(field(values, key)) ?? []),
    );
    const alias = this.beside(change, "aws_kms_alias").find((each) =>
      [each.before, each.after].some((values) => ids.includes(text(field(values, "target_key_id")) ?? "")),
    );
    const name =
      alias === undefined
        ? undefined
        : (text(field(alias.after, "name")) ?? text(field(alias.before, "name")));
    const purpose = text(field(change.after, "description")) ?? text(field(change.before, "description"));
    return name ?? (purpose === undefined || purpose === "" ? nameOf(change) : purpose);
  }

  /**
   * A policy's text with the names that these plans give: a role that is renamed keeps what it may do, and what is called after the
   * cluster is called after its new name.
   */
  renamed(policy: string): string {
    this.newNames ??= [
      ...renames(this.changesOf("aws_iam_role")).map(([old, now]) => [`${old}"`, `${now}"`] as const),
      ...renamesOfClusters(this.changesOf("aws_eks_cluster")),
    ];
    return this.newNames.reduce((text, [old, now]) => text.replaceAll(old, now), policy);
  }

  /** Whether an object of this type is made by the plans of the change's target, so that nobody can have used it before. */
  isNew(change: PlannedChange, type: string, key: string, value: Json | undefined): boolean {
    return (
      value !== undefined &&
      value !== null &&
      this.beside(change, type).some((each) => each.action === "create" && field(each.after, key) === value)
    );
  }

  /** Whether the cluster that this belongs to is made by the same plan. */
  isOfNewCluster(change: PlannedChange): boolean {
    const name = field(change.after, "cluster_name");
    if (isUnknownAt(change, "cluster_name")) {
      return this.changesOf("aws_eks_cluster").some(
        (each) => each.stack === change.stack && each.action === "create",
      );
    }
    return this.isNew(change, "aws_eks_cluster", "name", name);
  }
}

/** Nodes that a group has now, or is to have if it is new. */
export function nodesOf(group: PlannedChange): number | undefined {
  const values = isObject(group.before) ? group.before : group.after;
  const desired = field(items(field(values, "scaling_config"))[0], "desired_size");
  return typeof desired === "number" ? desired : undefined;
}

/** ARNs of roles that a replacement gives another name, before and after. */
function renames(roles: readonly PlannedChange[]): (readonly [string, string])[] {
  return roles.flatMap(({ action, before, after }): (readonly [string, string])[] => {
    const [arn, old, now] = [field(before, "arn"), field(before, "name"), field(after, "name")].map(text);
    if (
      (action !== "replace" && action !== "update") ||
      arn === undefined ||
      old === undefined ||
      now === undefined
    )
      return [];
    return old === now || !arn.endsWith(`/${old}`) ? [] : [[arn, `${arn.slice(0, -old.length)}${now}`]];
  });
}

/** Names of clusters before and after; a short one might stand anywhere. */
export function renamesOfClusters(clusters: readonly PlannedChange[]): (readonly [string, string])[] {
  return clusters.flatMap(({ before, after }): (readonly [string, string])[] => {
    const [old, now] = [field(before, "name"), field(after, "name")].map(text);
    return old === undefined || now === undefined || old === now || old.length < 6 ? [] : [[old, now]];
  });
}

/** Whether both belong to one target: stacks are named after it. */
export function sameTarget(a: PlannedChange, b: PlannedChange): boolean {
  return targetOf(a) === targetOf(b);
}

/** What comes before the stack's own name; nothing where plans are named by that alone. */
export function targetOf({ stack }: PlannedChange): string {
  return stack.replace(/(^|-)[a-z]+$/, "");
}

function knownResources(plan: Plan): Known[] {
  const changes = plan.changes.flatMap(({ type, before, after }) => [
    { type, values: before },
    { type, values: after },
  ]);
  return [...resourcesOf(field(field(plan.priorState, "values"), "root_module")), ...changes];
}

function resourcesOf(module: Json | undefined): Known[] {
  const own = items(field(module, "resources")).map((resource) => ({
    type: text(field(resource, "type")) ?? "",
    values: field(resource, "values") ?? null,
  }));
  return [...own, ...items(field(module, "child_modules")).flatMap(resourcesOf)];
}

/** Values of one field before and after. */
export function pair(
  change: PlannedChange,
  key: string,
): { before: Json | undefined; after: Json | undefined } {
  return { before: field(change.before, key), after: field(change.after, key) };
}

/** Name that people know it by, or its address. */
export function nameOf(change: PlannedChange, ...keys: string[]): string {
  for (const values of [change.before, change.after]) {
    for (const key of [...keys, "name", "bucket", "id"]) {
      const name = text(field(values, key));
      if (name !== undefined && name !== "" && !isReference(name)) return name;
    }
  }
  return change.address;
}

/** An id that a synthesis has in place of AWS's own. */
function isReference(name: string): boolean {
  return name.startsWith("${");
}

/** Whether any of the value is known only after apply. */
export function isUnknownAt(change: PlannedChange, key: string): boolean {
  return holdsTrue(field(change.afterUnknown, key));
}

/** Networks have no names but by their tag. */
export function tagName(change: PlannedChange): string {
  for (const values of [change.before, change.after]) {
    const name = text(field(field(values, "tags"), "Name"));
    if (name !== undefined && name !== "") return name;
  }
  return nameOf(change);
}
