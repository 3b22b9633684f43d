import type { PlanDocument } from "../terraform-plan/plan-document";
import type { App, TerraformStack } from "cdktf";
import type { Target } from "../model/target";
import { partitionOf } from "../facts/regions";
import { refusedPods } from "./admit-target";
import { evaluate, type Finding } from "../guardrails/evaluate";
import { readPlan } from "../guardrails/read/read-plan";
import { readStack } from "../guardrails/read/read-stack";
import { claimOf, claimsOf, indexClaims, isNamed, namedPart } from "../guardrails/names/claims";
import type { AwsPlace, Inventory, Resource } from "../guardrails/resource";
import { admissionRules } from "../guardrails/rules/admission";
import { fleetRules } from "../guardrails/rules/all-rules";
import { ruleIdsInForce, targetRulesInForce } from "../guardrails/rules/own-rules";
import { reachabilityRules } from "../guardrails/rules/reachability";
import { applyWaivers, type Judgement } from "../guardrails/waivers";
import type { Exposure } from "../permissions/policies/exposure";
import type { IdentityProof } from "../permissions/prove";
import { addTargetStacks } from "../stacks/target-stacks";
import { type BootstrapRole, deployRoleOf } from "./deploy-role-of";
import {
  bootstrapProof,
  identityResources,
  proofResources,
  proveTarget,
  type TargetProof,
} from "./prove-target";
import { Networks } from "./networks";
import { forgettingTokens } from "./resolve/forget-tokens";
import { stacksJson } from "./resolve/stack-json";
import { PeerFlows } from "./peer-flows";
import { reachTarget, type TargetReach, unmetOf } from "./reach-target";
import { withoutStackTraces } from "./output/write-output";
import { ExpectedError, Fault } from "../text/errors";
import { unwrittenApp } from "./unwritten-app";

/** A guardrail is broken and no waiver holds. */
export class GuardrailError extends ExpectedError {}

/** What the rules can read of stacks that are complete but not synthesized yet. */
export function inventoryOf(target: Target, stacks: readonly TerraformStack[]): Inventory {
  const json = stacksJson(stacks);
  const resources = stacks.flatMap((stack, index) => {
    // Resolving a stack is most of the time of a synthesis; what was resolved here is written as it is.
    Object.defineProperty(stack, "toTerraform", { value: () => json[index] });
    Object.defineProperty(stack, "prepareStack", { value: () => undefined });
    return readStack(json[index], stack.node.id);
  });
  return { resources, complete: true, production: target.production, place: placeInAws(target) };
}

function placeInAws({ name, region, config }: Target): AwsPlace {
  return { partition: partitionOf(region), account: config.account.id, region, target: name };
}

/** The same without writing anything. */
export function targetInventory(target: Target): Inventory {
  return withoutStackTraces(() =>
    forgettingTokens(() => inventoryOf(target, addTargetStacks(unwrittenApp(), target))),
  );
}

/** A plan that was read, and the stack it is of. */
export interface StackPlan {
  readonly stack: string;
  readonly plan: PlanDocument;
}

export function planInventory(target: Target, plans: readonly StackPlan[]): Inventory {
  const resources = plans.flatMap(({ plan, stack }) => readPlan(plan, stack));
  return { resources, complete: false, production: target.production, place: placeInAws(target) };
}

/** A target and what is judged of it; read when its turn comes, because a fleet's resources fill the memory. */
export interface JudgedTarget {
  readonly target: Target;
  readonly inventory: () => Inventory;
  /** All stacks of the target, where the inventory has not all: what they grant and need is proved. */
  readonly grants?: () => Inventory;
  /** What is proved of it already, of the same inventory. */
  readonly proved?: ProvedTarget;
}

/** What is proved of a target by itself: once, for its rules and for whoever tells it. */
export interface ProvedTarget {
  readonly bootstrap: BootstrapRole | undefined;
  readonly calls: TargetProof | undefined;
  readonly reach: TargetReach;
}

/**
 * What is judged of a target whatever its waivers are and whatever names other targets take: the same of the same target, its peers and
 * its environment.
 */
export interface JudgedParts {
  readonly findings: readonly Finding[];
  /** Resources that take a name, with what decides it. */
  readonly named: readonly Resource[];
}

/** All findings of each target, with its waivers applied. Names are compared over all of them. */
export function judgeAll(targets: readonly JudgedTarget[], asOf: () => string): Judgement[] {
  const all = targets.map(({ target }) => target);
  const parts = judgedParts(targets, all);
  return judgementsOf(
    all.map((target, index) => ({ target, parts: parts[index] ?? NOTHING })),
    asOf,
  );
}

const NOTHING: JudgedParts = { findings: [], named: [] };

/** Parts of the targets that are read, in their order; `all` are those and others whose parts are known. */
export function judgedParts(targets: readonly JudgedTarget[], all: readonly Target[]): JudgedParts[] {
  const roleIn = deployRoleIn(all);
  const others = new Map(all.map((each) => [each.name, each]));
  // Of a peer whose parts are known the network is that of the target itself, as it would be if it was read.
  targets.forEach(({ target }) => others.delete(target.name));
  const networks = new Networks((peer) => targetInventory(others.get(peer.name) ?? peer));
  const rules = targetRulesInForce();
  const flows = new PeerFlows(
    targets.map(({ target }) => target),
    networks,
  );
  const judged = targets.map(({ target, inventory, grants, proved }) => {
    const deployRole = proved === undefined ? roleIn(target.environment) : proved.bootstrap;
    const read = inventory();
    networks.add(target, read);
    const calls =
      proved === undefined
        ? identityResources(target, read, {
            ...(deployRole && { bootstrap: deployRole }),
            ...(grants && { grants: grants() }),
          })
        : proofResources(proved.calls, read, "input");
    const whole = {
      ...read,
      resources: [...read.resources, ...calls],
      ...(deployRole && { deployRole }),
    };
    const own = proved === undefined ? undefined : unmetOf(target, proved.reach);
    flows.add(target, read, own);
    const { complete, production, place } = read;
    return {
      target,
      findings: [
        ...evaluate(whole, rules),
        ...evaluate({ ...read, resources: refusedPods(read) }, admissionRules),
      ],
      of: { complete, production, ...(place && { place }) },
      named: whole.resources
        .filter((each) => isNamed(each.type) && place !== undefined && claimOf(each, place) !== undefined)
        .map(namedPart),
    };
  });
  return judged.map(({ target, findings, of, named }) => ({
    findings: [...findings, ...evaluate({ ...of, resources: flows.of(target) }, reachabilityRules)],
    named,
  }));
}

interface JudgedPartsOf {
  readonly target: Target;
  readonly parts: JudgedParts;
}

/** What becomes of parts of all targets with each one's waivers, and names that two of them take. */
export function judgementsOf(judged: readonly JudgedPartsOf[], asOf: () => string): Judgement[] {
  const inventoryOfNames = ({ target, parts }: JudgedPartsOf): Inventory & { readonly place: AwsPlace } => ({
    resources: parts.named,
    complete: true,
    production: target.production,
    place: placeInAws(target),
  });
  const claims = indexClaims(judged.flatMap((each) => claimsOf(inventoryOfNames(each))));
  return judged.map((each) =>
    applyWaivers(
      [...each.parts.findings, ...evaluate({ ...inventoryOfNames(each), claims }, fleetRules)],
      each.target.config.waivers,
      { asOf, ruleIds: ruleIdsInForce() },
    ),
  );
}

/** All findings of one target, by itself. */
export function judge(
  target: Target,
  inventory: Inventory,
  asOf: () => string,
  proved?: ProvedTarget,
): Judgement {
  const [judgement] = judgeAll([{ target, inventory: () => inventory, ...(proved && { proved }) }], asOf);
  if (judgement === undefined) throw new Fault("no judgement");
  return judgement;
}

/** What every identity of a target must call of AWS, and whether it may. */
export function proofOfTarget(target: Target): readonly IdentityProof[] {
  return wholeProofOf(target)?.proofs ?? [];
}

/** Who gets in to a target's resources beyond what is meant, and which roles get further rights. */
export function exposuresOfTarget(target: Target): readonly Exposure[] {
  return wholeProofOf(target)?.exposures ?? [];
}

/** All that is proved of a target's calls by itself. */
export function wholeProofOf(target: Target): TargetProof | undefined {
  const bootstrap = deployRoles([target]).get(target.environment);
  return proveTarget(target, targetInventory(target), bootstrap === undefined ? {} : { bootstrap });
}

/** All that is proved of a target by itself: what it calls, and what it reaches. */
export function provedTarget(target: Target, inventory: Inventory): ProvedTarget {
  const bootstrap = deployRoles([target]).get(target.environment);
  return {
    bootstrap,
    calls: proveTarget(target, inventory, bootstrap === undefined ? {} : { bootstrap }),
    reach: reachTarget(target, inventory, new Networks(targetInventory).ofPeers(target)),
  };
}

/** What a target needs to reach, and whether it does. */
export function reachOfTarget(target: Target): TargetReach {
  const networks = new Networks(targetInventory);
  return reachTarget(target, targetInventory(target), networks.ofPeers(target));
}

/** What an administrator must be able to call, once, for the bootstrap of a target's environment. */
export function proofOfBootstrap(target: Target): readonly IdentityProof[] {
  const bootstrap = deployRoles([target]).get(target.environment);
  return bootstrap === undefined ? [] : bootstrapProof(bootstrap, placeInAws(target));
}

/** By environment: all of its targets share one, whichever of them are judged. */
export function deployRoles(targets: readonly Target[]): Map<string, BootstrapRole | undefined> {
  const roleIn = deployRoleIn(targets);
  return new Map(targets.map(({ environment }) => [environment, roleIn(environment)]));
}

/** The same, each when it is asked for; the last is kept, because targets of an environment follow each other. */
function deployRoleIn(targets: readonly Target[]): (environment: string) => BootstrapRole | undefined {
  const all = new Map(targets.flatMap((each) => [...each.siblings, each]).map((each) => [each.name, each]));
  const sorted = [...all.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const byEnvironment = new Map<string, Target[]>();
  for (const each of sorted) {
    const known = byEnvironment.get(each.environment);
    if (known === undefined) byEnvironment.set(each.environment, [each]);
    else known.push(each);
  }
  let app: App | undefined;
  const oneApp = () => (app ??= unwrittenApp());
  let last: { readonly environment: string; readonly role: BootstrapRole | undefined } | undefined;
  return (environment) => {
    if (last?.environment !== environment) {
      const own = byEnvironment.get(environment) ?? [];
      last = {
        environment,
        role: withoutStackTraces(() => forgettingTokens(() => deployRoleOf(own, oneApp))),
      };
    }
    return last.role;
  };
}
