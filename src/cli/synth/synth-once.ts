import { areSame } from "../../reads/reads";
import { OutputLayout } from "../../synth/output/layout";
import { programHash } from "../../synth/record/program-hash";
import { isUnchanged, priorRun } from "../../synth/record/run-record";
import { dropLaid } from "../offline/after-synth";
import { warn } from "../terminal";
import type { SynthOptions, SynthRun } from "./synth-run";

/**
 * Synthesizes, unless the folder holds what that would write: by a record of the run that wrote it, of all that it was made of and
 * all that it made. Warnings are told in both cases. What a synthesis needs is loaded when there is one.
 */
export async function synthOnce(options: SynthOptions): Promise<SynthRun> {
  const run = await synthUnlessKnown(options);
  if (!options.check) await dropLaid(options.out, run.stacks);
  return run;
}

async function synthUnlessKnown(options: SynthOptions): Promise<SynthRun> {
  const { request, out, force, note = () => {}, program = programHash() } = options;
  const layout = new OutputLayout(out);
  const prior = force || program === undefined ? undefined : priorRun(layout, request, program, note);
  if (force) note("every target is made: --force");
  else if (program === undefined) note("every target is made: what the program is made of is not known");
  else if (prior !== undefined && isUnchanged(layout, prior, request.asOf, areSame, note)) {
    const { stacks, warnings, outputs, reads } = prior.record;
    warnings.forEach(warn);
    reads.forEach((read) => options.reads?.add(read, []));
    note("no target is made: nothing changed");
    return { stacks, warnings, unchanged: true, differences: [], outputs };
  }
  const { synthFresh } = await import("./synth-fresh");
  return synthFresh({ ...options, program }, prior);
}
