import { shardOf } from "../fleet/shard";
import type { Fleet, Target } from "../model/target";
import { ciTarget } from "./ci-target";
import type { CiJob, CiOptions } from "./job";
import * as scripts from "./scripts";

/** What a CI lets a target's jobs do: it decides whose tokens AWS takes for which event. */
export interface CiAccess {
  /** Plans before a change is merged. */
  readonly plansChanges: (target: Target) => boolean;
  /** Plans, and deploys, what is on the main branch. */
  readonly deploys: (target: Target) => boolean;
  /** Plans without anybody's agreement, at night. */
  readonly plansByClock: (target: Target) => boolean;
}

/**
 * All jobs that a repository has, whatever runs them: the one place that decides what there is, when, and in which order.
 *
 * @throws RangeError if there is no target
 */
export function ciJobs(fleet: Fleet, access: CiAccess, options: CiOptions): readonly CiJob[] {
  const { targets } = fleet;
  if (targets.length === 0) throw new RangeError("there is no target");
  const planned = targets.filter((each) => access.plansChanges(each) || access.deploys(each));
  const watched = targets.filter(access.plansByClock);
  return [
    ...(options.shards > 1 ? [partsJob(fleet, options)] : []),
    checkJob(options),
    ...(options.deploys ? perEnvironment(planned, (name, all) => planJob(name, all, access)) : []),
    ...(options.deploys ? deployJobs(targets.filter(access.deploys), access) : []),
    ...perEnvironment(watched, driftJob),
    ...(watched.length > 0 ? [leftJob(watched)] : []),
  ];
}

function perEnvironment<T>(
  targets: readonly Target[],
  make: (name: string, targets: readonly Target[]) => T,
): T[] {
  return environmentsOf(targets).map((name) =>
    make(
      name,
      targets.filter(({ environment }) => environment === name),
    ),
  );
}

const environmentsOf = (targets: readonly Target[]) => [
  ...new Set(targets.map(({ environment }) => environment)),
];

function partsJob(fleet: Fleet, options: CiOptions): CiJob {
  const shards = Array.from({ length: options.shards }, (_, index) => ({
    shard: `${index + 1}/${options.shards}`,
    number: index + 1,
    targets: shardOf(fleet, { index: index + 1, count: options.shards }).targets.map(({ name }) => name),
  }));
  return {
    id: "synth",
    does: "synth",
    on: ["change", "main"],
    needs: [],
    // More machines than targets would have nothing to do.
    places: { kind: "shards", shards: shards.filter(({ targets }) => targets.length > 0) },
    steps: [scripts.synthesizePart(options), scripts.guardrails("$TARGETS", "-$NUMBER")],
    handsOn: [
      { kind: "findings", folder: scripts.FINDINGS },
      ...(options.committed ? [] : [{ kind: "output", folder: scripts.PARTS } as const]),
    ],
  };
}

function checkJob(options: CiOptions): CiJob {
  const isWhole = options.shards <= 1;
  const synthesis = isWhole ? [scripts.synthesize(options)] : options.committed ? [] : [scripts.merge];
  return {
    id: "check",
    does: "check",
    on: ["change", "main"],
    needs: isWhole ? [] : ["synth"],
    places: { kind: "anywhere" },
    steps: [
      scripts.validate,
      ...synthesis,
      scripts.capacity,
      scripts.cost,
      ...(isWhole ? [scripts.guardrails()] : []),
      scripts.upToDate(options),
      scripts.changes,
    ],
    ...(!isWhole && { takes: options.committed ? ["findings"] : ["output", "findings"] }),
    handsOn: [
      { kind: "findings", folder: scripts.FINDINGS },
      { kind: "comments", folder: scripts.COMMENTS },
    ],
    history: true,
  };
}

function planJob(environment: string, targets: readonly Target[], access: CiAccess): CiJob {
  const changes = targets.every(access.plansChanges);
  return {
    id: `plan-${environment}`,
    does: "plan",
    on: changes ? ["change"] : ["main"],
    needs: ["check"],
    places: { kind: "targets", environment, targets: targets.map(ciTarget) },
    steps: [scripts.plan],
    handsOn: [{ kind: "comments", folder: scripts.COMMENTS }],
    alone: true,
  };
}

/** Environment by environment, production after all others; then what connects targets, when all of them are there. */
function deployJobs(targets: readonly Target[], access: CiAccess): CiJob[] {
  const trial = environmentsOf(targets.filter(({ production }) => !production));
  const isTrial = (name: string) => trial.includes(name);
  const idOf = (name: string) => `deploy-${name}`;
  const deployments = perEnvironment(targets, (environment, all): CiJob => ({
    id: idOf(environment),
    does: "deploy",
    on: ["main"],
    needs: [
      "check",
      // Whoever lets it read the review first.
      ...(all.every(access.plansChanges) ? [] : [`plan-${environment}`]),
      ...(isTrial(environment) ? [] : trial.map(idOf)),
    ],
    places: { kind: "targets", environment, targets: all.map(ciTarget) },
    steps: [scripts.deploy],
    handsOn: [],
    tier: isTrial(environment) ? "trial" : "production",
    alone: true,
  }));
  const federated = targets.filter(({ stacks }) => stacks.includes("federation"));
  const federations = perEnvironment(federated, (environment, all): CiJob => ({
    id: `federate-${environment}`,
    does: "federate",
    on: ["main"],
    needs: environmentsOf([...all, ...all.flatMap(({ peers }) => peers)])
      .filter((name) => targets.some((each) => each.environment === name))
      .map(idOf),
    places: { kind: "targets", environment, targets: all.map(ciTarget) },
    steps: [scripts.federate],
    handsOn: [],
    tier: isTrial(environment) ? "trial" : "production",
    alone: true,
  }));
  return [...deployments, ...federations];
}

function driftJob(environment: string, targets: readonly Target[]): CiJob {
  return {
    id: `drift-${environment}`,
    does: "drift",
    on: ["schedule"],
    needs: [],
    places: { kind: "targets", environment, targets: targets.map(ciTarget) },
    steps: [scripts.drift],
    handsOn: [{ kind: "drift", folder: scripts.DRIFT }],
    alone: true,
  };
}

/** One target of each environment: what they have in common is the bucket of states. */
function leftJob(targets: readonly Target[]): CiJob {
  const one = perEnvironment(targets, (_, [first]) => first).flatMap((each) => each ?? []);
  return {
    id: "left",
    does: "left",
    on: ["schedule"],
    needs: [],
    places: { kind: "accounts", targets: one.map(ciTarget) },
    steps: [scripts.left],
    handsOn: [{ kind: "drift", folder: scripts.DRIFT }],
    history: true,
  };
}
