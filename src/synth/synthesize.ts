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
import { GuardrailError, inventoryOf, judgeAll } from "./guard-targets";
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

export interface SynthesisOptions {
  /** Day for which waivers are judged, `YYYY-MM-DD`. */
  readonly asOf?: () => string;
  /** Whether the fleet is all there is: then folders of targets that it does not have are removed, too. Default false. */
  readonly whole?: boolean;
  /** Called before the stacks of each target are made, which is most of the time that a synthesis takes. */
  readonly onTarget?: (target: Target) => void;
  /** What is done with the stacks. Default: they are written (`writeOutput`). */
  readonly output?: SynthesisOutput;
}

export type SynthesisOutput = (
  outDir: string,
  scope: OutputScope,
  build: BuildStacks<readonly SynthesizedStack[]>,
) => Written<readonly SynthesizedStack[]>;

/**
 * Writes the Terraform JSON of every stack of the fleet to `outDir`; all of it or nothing. Folders of other targets stay.
 *
 * @throws GuardrailError where a rule is broken and no waiver holds
 * @throws OutputError where the folder can't be written (writeOutput)
 */
export function synthesize(
  fleet: Fleet,
  outDir: string,
  { asOf = () => dataAsOf, whole = false, onTarget = () => {}, output = writeOutput }: SynthesisOptions = {},
): Synthesis {
  const names = new Set(fleet.targets.map(({ name }) => name));
  const owners = new Map<string, string>();
  const scope = {
    ownerOf: (stack: string) => owners.get(stack) ?? "",
    decidesOver: (owner: string) => whole || names.has(owner),
  };
  const { result, kept } = output(outDir, scope, (app, sink) => {
    const made: (SynthesizedStack & Located)[] = [];
    // One target after the other: what is written of it is not kept for those that follow.
    const inventory = (target: Target): Inventory => {
      onTarget(target);
      return forgettingTokens(() => {
        const stacks = addTargetStacks(app, target);
        const read = inventoryOf(target, stacks);
        sink.take(stacks);
        for (const { node, stackName } of stacks)
          made.push({ id: node.id, target: target.name, location: stateLocation(target, stackName) });
        return read;
      });
    };
    const targets = fleet.targets.map((target) => ({ target, inventory: () => inventory(target) }));
    const findings = judgeAll(targets, asOf).flatMap((each) => each.findings);
    refuseBroken(findings);
    refuseSharedStates(made);
    made.forEach(({ id, target }) => owners.set(id, target));
    return made.map(({ id, target }) => ({ id, target }));
  });
  return { stacks: result, kept };
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
