import { callFindings } from "../permissions/findings";
import { type Grants, grantsOf } from "../permissions/grants/grants";
import type { Exposure } from "../permissions/policies/exposure";
import { exposureResources, exposuresOf } from "../permissions/policies/exposures";
import { roleResources } from "../permissions/policies/roles";
import type { Identity } from "../permissions/identity";
import { administratorOf, ciOf } from "../permissions/needs/platform-roles";
import { identitiesOf } from "../permissions/needs/identities";
import { scpLevel } from "../permissions/evaluate/scp";
import { type IdentityProof, type ProofOptions, prove } from "../permissions/prove";
import type { AwsPlace, Inventory, Resource, Source } from "../guardrails/resource";
import { isUnknown } from "../values/value";
import { regionNamed } from "../facts/regions";
import type { Target } from "../model/target";
import type { BootstrapRole } from "./deploy-role-of";

export interface Surroundings {
  /** What makes the deploy role; none where somebody else does. */
  readonly bootstrap?: BootstrapRole;
  /** All stacks of the target, where the inventory is of plans. */
  readonly grants?: Inventory;
}

export interface TargetProof {
  readonly proofs: readonly IdentityProof[];
  readonly grants: Grants;
  readonly exposures: readonly Exposure[];
  /** What gives the deploy role what it lacks, where its policies are made of what deploys need. */
  readonly bootstrapCommand?: string;
}

/** What every identity of a target must call of AWS, and whether it may. */
export function proveTarget(
  target: Target,
  inventory: Inventory,
  surroundings: Surroundings,
): TargetProof | undefined {
  const { place } = inventory;
  if (place === undefined) return undefined;
  const { bootstrap, grants: whole } = surroundings;
  const own = whole === undefined ? inventory.resources : overlaid(whole.resources, inventory.resources);
  const grants = grantsOf([...own, ...(bootstrap?.resources ?? [])], place);
  const { stack = "", address = "" } = bootstrap ?? {};
  const identities = identitiesOf({ resources: own, place }, { stack, address }).filter(
    ({ kind }) => kind !== "deploy" || bootstrap !== undefined,
  );
  const made = bootstrap === undefined ? [] : ciOf(bootstrap.resources, bootstrap.arn);
  const all = [...identities, ...made];
  return {
    grants,
    ...(target.deployPolicies && { bootstrapCommand: `npx octarine bootstrap ${target.environment}` }),
    proofs: prove(
      all.map((each) => withStateKey(each, bootstrap)),
      grants,
      optionsOf(target),
    ),
    exposures: exposuresOf(grants, all, accountsNamed([target, ...target.siblings])),
  };
}

/** Backends name the key of states by its alias, and calls are judged by the key itself: bootstrap makes both. */
function withStateKey(identity: Identity, bootstrap: BootstrapRole | undefined): Identity {
  const key = bootstrap?.resources.find(({ type }) => type === "aws_kms_key");
  if (key === undefined || identity.kind !== "deploy") return identity;
  const calls = identity.calls.map((call) =>
    call.context?.["kms:ViaService"]?.some((each) => each.startsWith("s3.")) === true
      ? { ...call, resources: [`\${${key.address}.arn}`] }
      : call,
  );
  return { ...identity, calls };
}

/** What an administrator must be able to call to apply the bootstrap of the target's environment. */
export function bootstrapProof({ resources }: BootstrapRole, place: AwsPlace): IdentityProof[] {
  return prove(administratorOf(resources, place), grantsOf(resources, place));
}

/** What the rules PERMISSION-* and POLICY-* judge besides the stacks: calls that are not proved to be allowed, and roles. */
export function identityResources(
  target: Target,
  inventory: Inventory,
  surroundings: Surroundings,
): Resource[] {
  const proof = proveTarget(target, inventory, surroundings);
  return proofResources(proof, inventory, surroundings.grants === undefined ? "input" : "plan");
}

/** The same of what is proved already. */
export function proofResources(
  proof: TargetProof | undefined,
  inventory: Inventory,
  source: Source,
): Resource[] {
  if (proof === undefined) return [];
  return [
    ...callFindings(proof.proofs, source, proof.bootstrapCommand),
    ...roleResources(proof.grants, inventory.resources, source),
    ...exposureResources(proof.exposures, source),
  ];
}

/** Accounts that somebody wrote into the configuration, and AWS's own for load balancers' logs. */
export function accountsNamed(targets: readonly Target[]): ReadonlySet<string> {
  const written = targets.flatMap(({ config }) => accountsIn(config));
  return new Set([...written, ...targets.flatMap(({ region }) => regionNamed(region).accessLogs ?? [])]);
}

const named = new WeakMap<Target["config"], readonly string[]>();

/** Found once for each target: every target of an environment asks for those of all others. */
function accountsIn(config: Target["config"]): readonly string[] {
  const found = named.get(config) ?? JSON.stringify(config).match(/(?<!\d)\d{12}(?!\d)/g) ?? [];
  named.set(config, found);
  return found;
}

function optionsOf({ config, scps }: Target): ProofOptions {
  const { organizationId } = config.account;
  return {
    ...(organizationId !== undefined && { organizationId }),
    deploysInside: config.runner?.reach === "in-vpc",
    ...(scps.length > 0 && { scps: scps.map(({ name, policies }) => scpLevel(name, policies)) }),
  };
}

/** The stacks as they are synthesized, with what plans say of the same resources in their place. */
function overlaid(whole: readonly Resource[], planned: readonly Resource[]): Resource[] {
  const owner = ({ stack, address }: Resource) => `${stack}/${address.replace(/#.*$/, "")}`;
  const known = new Set(planned.filter(isKnown).map(owner));
  const written = new Map(
    whole.filter(({ address }) => !address.includes("#")).map((each) => [owner(each), each]),
  );
  return [
    ...planned
      .filter((each) => known.has(owner(each)))
      .map((each) => (each.address.includes("#") ? each : completed(each, written.get(owner(each))))),
    ...whole.filter((each) => !known.has(owner(each))),
  ];
}

/** What a plan does not know yet is a reference in the configuration: of which role a policy is. */
function completed(planned: Resource, written: Resource | undefined): Resource {
  const open = Object.entries(written?.attributes ?? {}).filter(([name]) => {
    const value = planned.attributes[name];
    return isUnknown(value) || value === undefined || value === null;
  });
  return { ...planned, attributes: { ...planned.attributes, ...Object.fromEntries(open) } };
}

/** Roles and policies of which the plan shows all: elsewhere the configuration says more. */
function isKnown({ type, attributes }: Resource): boolean {
  return (
    /^aws_(iam_(policy|role_policy)|vpc_endpoint|s3_bucket_policy)$/.test(type) &&
    typeof attributes.policy === "string"
  );
}
