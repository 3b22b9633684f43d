import type { Fleet, Target } from "../model/target";
import { dataAsOf } from "../facts/as-of";
import { formatFinding } from "../guardrails/report/describe";
import { isFailure, type JudgedFinding } from "../guardrails/waivers";
import { stateLocation } from "../model/stacks/state-location";
import { addTargetStacks } from "../stacks/target-stacks";
import type { OutputScope } from "./output/placement";
import { writeOutput, type Written } from "./output/write-output";
import type { BuildStacks } from "./output/stage";
import { forgettingTokens } from "./resolve/forget-tokens";
import type { Inventory } from "../guardrails/resource";
import { GuardrailError, inventoryOf, judgedParts, type JudgedParts, judgementsOf } from "./guard-targets";
import type { KnownTarget } from "./record/known-targets";
import type { RecordedStack } from "./record/target-records";
import { ExpectedError } from "../text/errors";

/** Two stacks would write one state. */
export class StateClashError extends ExpectedError {}

/** What a synthesis wrote. */
export interface SynthesizedStack {
  readonly id: string;
  readonly target: string;
}

export interface Synthesis {
  readonly stacks: readonly SynthesizedStack[];
  /** A line for each stack's folder that no longer belongs to a stack and holds more than what was synthesized. */
  readonly kept: readonly string[];
}

/** What a synthesis made of a target, or knew of it. */
export interface SynthesizedTarget {
  readonly name: string;
  readonly stacks: readonly RecordedStack[];
  readonly parts: JudgedParts;
}

export interface SynthesisOptions {
  /** Day for which waivers are judged, `YYYY-MM-DD`. */
  readonly asOf?: () => string;
  /** Whether the fleet is all there is: then folders of targets that it does not have are removed, too. Default false. */
  readonly whole?: boolean;
  /** Called before the stacks of each target are made, which is most of the time that a synthesis takes. */
  readonly onTarget?: (target: Target) => void;
  /** What is done with the stacks. Default: they are written (`writeOutput`). */
  readonly output?: SynthesisOutput;
  /** Targets, by their names, that need not be made: the folder has what they would write. */
  readonly known?: ReadonlyMap<string, KnownTarget>;
  /** Told what takes longer than it would have to, and why. */
  readonly note?: (text: string) => void;
}

export type SynthesisOutput = (
  outDir: string,
  scope: OutputScope,
  build: BuildStacks<readonly SynthesizedTarget[]>,
) => Written<readonly SynthesizedTarget[]>;

/**
 * Writes the Terraform JSON of every stack of the fleet to `outDir`; all of it or nothing. Folders of other targets stay.
 *
 * @throws GuardrailError where a rule is broken and no waiver holds
 * @throws OutputError where the folder can't be written (writeOutput)
 */
export function synthesize(
  fleet: Fleet,
  outDir: string,
  {
    asOf = () => dataAsOf,
    whole = false,
    onTarget = () => {},
    output = writeOutput,
    known = new Map(),
    note = () => {},
  }: SynthesisOptions = {},
): Synthesis {
  const { targets } = fleet;
  const names = new Set(targets.map(({ name }) => name));
  const owners = new Map<string, string>();
  const scope = {
    ownerOf: (stack: string) => owners.get(stack) ?? "",
    decidesOver: (owner: string) => whole || names.has(owner),
  };
  const { result, kept } = output(outDir, scope, (app, sink) => {
    const made = new Map<string, readonly RecordedStack[]>();
    // One target after the other: what is written of it is not kept for those that follow.
    const inventory = (target: Target): Inventory => {
      onTarget(target);
      return forgettingTokens(() => {
        const stacks = addTargetStacks(app, target);
        const read = inventoryOf(target, stacks);
        const ids = stacks.map(({ node, stackName }) => ({ id: node.id, name: stackName }));
        for (const id of sink.take(stacks)) note(`${id} is written by cdktf itself, which takes longer`);
        made.set(
          target.name,
          ids.map((each) => ({ ...each, manifest: app.manifest.stacks[each.id] ?? {} })),
        );
        return read;
      });
    };
    const there = sink.keeps ? known : new Map<string, KnownTarget>();
    const fresh = targets.filter(({ name }) => !there.has(name));
    const parts = judgedParts(
      fresh.map((target) => ({ target, inventory: () => inventory(target) })),
      targets,
    );
    const partsOf = new Map(fresh.map(({ name }, index) => [name, parts[index]]));
    const judged = targets.map((target) => {
      const before = there.get(target.name);
      if (before !== undefined) sink.keep(before.stacks);
      return {
        target,
        parts: before?.parts ?? partsOf.get(target.name) ?? { findings: [], named: [] },
        stacks: before?.stacks ?? made.get(target.name) ?? [],
      };
    });
    refuseBroken(judgementsOf(judged, asOf).flatMap((each) => each.findings));
    refuseSharedStates(
      judged.flatMap(({ target, stacks }) =>
        stacks.map(({ id, name }) => ({ id, location: stateLocation(target, name) })),
      ),
    );
    for (const { target, stacks } of judged) for (const { id } of stacks) owners.set(id, target.name);
    return judged.map(({ target, stacks, parts: own }) => ({
      name: target.name,
      stacks: stacks.map(({ id, name, manifest }) => ({ id, name, manifest })),
      parts: own,
    }));
  });
  return {
    stacks: result.flatMap(({ name, stacks }) => stacks.map(({ id }) => ({ id, target: name }))),
    kept,
  };
}

/** All of them at once and in one line each. */
function refuseBroken(findings: readonly JudgedFinding[]): void {
  const broken = findings.filter(isFailure);
  if (broken.length > 0) throw new GuardrailError(broken.map(formatFinding).join("\n"));
}

type Located = { readonly id: string; readonly location: ReturnType<typeof stateLocation> };

/** @throws StateClashError where two stacks have one state */
export function refuseSharedStates(stacks: readonly Located[]): void {
  const writers = new Map<string, string>();
  for (const { id, location } of stacks) {
    const state = `${location.bucket}/${location.workspaceKeyPrefix}/${location.key}`;
    const writer = writers.get(state);
    if (writer !== undefined)
      throw new StateClashError(`${id} and ${writer} would both write the state ${state}`);
    writers.set(state, id);
  }
}
