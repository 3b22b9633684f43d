import { areSame } from "../../reads/reads";
import { OutputLayout } from "../../synth/output/layout";
import { programHash } from "../../synth/record/program-hash";
import { unchangedRun } from "../../synth/record/run-record";
import { warn } from "../terminal";
import type { SynthOptions, SynthRun } from "./synth-run";

/**
 * Synthesizes, unless the folder holds what that would write: by a record of the run that wrote it, of all that it was made of and
 * all that it made. Warnings are told in both cases. What a synthesis needs is loaded when there is one.
 */
export async function synthOnce(options: SynthOptions): Promise<SynthRun> {
  const { request, out, force, program = programHash() } = options;
  if (!force && program !== undefined) {
    const record = unchangedRun(new OutputLayout(out), request, program, areSame);
    if (record !== undefined) {
      record.warnings.forEach(warn);
      record.reads.forEach((read) => options.reads?.add(read, []));
      const { stacks, warnings, outputs } = record;
      return { stacks, warnings, unchanged: true, differences: [], outputs };
    }
  }
  const { synthFresh } = await import("./synth-fresh");
  return synthFresh({ ...options, program });
}
