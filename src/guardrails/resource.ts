import type { Claims } from "./names/claim";
import type { Attributes } from "../values/value";

/** Which reading a resource comes from: the synthesized configuration, or a plan. */
export type Source = "input" | "plan";

/**
 * One thing that a rule can judge, in the shape that a plan shows it in, whichever reading it comes from. Besides
 * Terraform types there are these: `terraform` (settings of a stack), `provider.<name>`, `module` (a call), `output`,
 * `data.<type>`, `sg-rule`, `policy-statement`, `helm_release` with its values parsed, and `k8s:<Kind>`.
 */
export interface Resource {
  readonly type: string;
  /** As Terraform spells it. */
  readonly address: string;
  /** Id of the stack. */
  readonly stack: string;
  readonly source: Source;
  readonly attributes: Attributes;
}

/** Where in AWS a target is. */
export interface AwsPlace {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
  /** `prod/us-east-1` */
  readonly target: string;
}

/** What Terraform may do when it deploys. */
export interface DeployRole {
  readonly arn: string;
  /** Of the policies that it carries: resources of type `policy-statement`. */
  readonly statements: readonly Resource[];
}

/** All that is judged together: the stacks of one target. */
export interface Inventory {
  readonly resources: readonly Resource[];
  /** Whether it holds all stacks of the target; a plan alone does not show the others. */
  readonly complete: boolean;
  readonly production: boolean;
  /** Without it no rule about names says anything. */
  readonly place?: AwsPlace;
  /** Undefined where somebody else makes the role. */
  readonly deployRole?: DeployRole;
  /** Names of all targets that are judged in one run. */
  readonly claims?: Claims;
}

export function ofType({ resources }: Inventory, ...types: readonly string[]): Resource[] {
  const [type, ...others] = types;
  if (type === undefined) return [];
  return others.length === 0 ? [...(byType(resources).get(type) ?? [])] : [...ofTypes(resources, types)];
}

/** What rules ask of all resources for each of them, found once. */
export function onceOf<Found>(
  find: (resources: readonly Resource[]) => Found,
): (resources: readonly Resource[]) => Found {
  const known = new WeakMap<readonly Resource[], { readonly found: Found }>();
  return (resources) => {
    const { found } = known.get(resources) ?? { found: find(resources) };
    known.set(resources, { found });
    return found;
  };
}

const ofSeveral = new WeakMap<readonly Resource[], Map<string, readonly Resource[]>>();

/** In the order of all; found once for the same types. */
function ofTypes(resources: readonly Resource[], types: readonly string[]): readonly Resource[] {
  const known = ofSeveral.get(resources) ?? new Map<string, readonly Resource[]>();
  ofSeveral.set(resources, known);
  const key = types.join();
  const found = known.get(key) ?? resources.filter((each) => types.includes(each.type));
  known.set(key, found);
  return found;
}

const indexed = new WeakMap<readonly Resource[], ReadonlyMap<string, readonly Resource[]>>();

/** Resources by their type, in their order. Rules ask for each resource what others there are: the index is made once. */
export function byType(resources: readonly Resource[]): ReadonlyMap<string, readonly Resource[]> {
  const known = indexed.get(resources);
  if (known !== undefined) return known;
  const index = new Map<string, Resource[]>();
  for (const resource of resources) {
    const { type } = resource;
    const alike = index.get(type);
    if (alike === undefined) index.set(type, [resource]);
    else alike.push(resource);
  }
  indexed.set(resources, index);
  return index;
}
