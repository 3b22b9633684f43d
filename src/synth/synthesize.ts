import { Aspects } from "cdktf";
import type { Fleet } from "../config/target";
import { dataAsOf } from "../facts/as-of";
import { GuardrailAspect } from "../guardrails/guardrail-aspect";
import { formatFinding } from "../guardrails/report/describe";
import { isFailure, type JudgedFinding } from "../guardrails/waivers";
import { stateLocation } from "../stacks/state-location";
import { addTargetStacks } from "../stacks/target-stacks";
import { GuardrailError, inventoryOf, judge } from "./guard-targets";
import { writeOutput } from "./write-output";

/** Two stacks would write one state. */
export class StateClashError extends Error {}

/** What a synthesis wrote. */
export interface SynthesizedStack {
  readonly id: string;
  readonly target: string;
}

/**
 * Writes the Terraform JSON of every stack of the fleet to `outDir`; all of it or nothing.
 *
 * @param asOf day for which waivers are judged, `YYYY-MM-DD`
 * @throws GuardrailError where a rule is broken and no waiver holds
 */
export function synthesize(
  fleet: Fleet,
  outDir: string,
  asOf: () => string = () => dataAsOf,
): SynthesizedStack[] {
  return writeOutput(outDir, (app) => {
    const byTarget = fleet.targets.map((target) => ({ target, stacks: addTargetStacks(app, target) }));
    const all = byTarget.flatMap(({ target, stacks }) => stacks.map((stack) => ({ stack, target })));
    const findings = byTarget.flatMap(
      ({ target, stacks }) => judge(target, inventoryOf(target, stacks), asOf).findings,
    );
    refuseBroken(findings);
    Aspects.of(app).add(new GuardrailAspect(findings));
    refuseSharedStates(
      all.map(({ stack, target }) => ({
        id: stack.node.id,
        location: stateLocation(target, stack.stackName),
      })),
    );
    return all.map(({ stack, target }) => ({ id: stack.node.id, target: target.name }));
  });
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
