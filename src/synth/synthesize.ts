import { type App, Aspects } from "cdktf";
import type { Fleet, Target } from "../model/target";
import { dataAsOf } from "../facts/as-of";
import { GuardrailAspect } from "../guardrails/guardrail-aspect";
import { formatFinding } from "../guardrails/report/describe";
import { isFailure, type JudgedFinding } from "../guardrails/waivers";
import { stateLocation } from "../model/stacks/state-location";
import { addTargetStacks } from "../stacks/target-stacks";
import type { OutputScope } from "./output/placement";
import { writeOutput, type Written } from "./output/write-output";
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
  build: (app: App) => readonly SynthesizedStack[],
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
  const { result, kept } = output(outDir, scope, (app) => {
    const byTarget = fleet.targets.map((target) => ({ target, stacks: addTargetStacks(app, target) }));
    const all = byTarget.flatMap(({ target, stacks }) => stacks.map((stack) => ({ stack, target })));
    const findings = judgeAll(
      byTarget.map(({ target, stacks }) => ({
        target,
        inventory: () => {
          onTarget(target);
          return inventoryOf(target, stacks);
        },
      })),
      asOf,
    ).flatMap((each) => each.findings);
    refuseBroken(findings);
    Aspects.of(app).add(new GuardrailAspect(findings));
    refuseSharedStates(
      all.map(({ stack, target }) => ({
        id: stack.node.id,
        location: stateLocation(target, stack.stackName),
      })),
    );
    all.forEach(({ stack, target }) => owners.set(stack.node.id, target.name));
    return all.map(({ stack, target }) => ({ id: stack.node.id, target: target.name }));
  });
  return { stacks: result, kept };
}

/** All of them at once and in one line each; the annotations alone would end the synthesis at the first stack. */
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
