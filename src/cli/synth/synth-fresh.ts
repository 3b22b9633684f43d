import { loadFleet } from "../../fleet/load-fleet";
import { selectTargets } from "../../fleet/select-targets";
import { parseShard, shardOf } from "../../fleet/shard";
import { fleetWarnings } from "../../fleet/warnings";
import { Reads, recordReads } from "../../reads/reads";
import { compareOutput } from "../../synth/output/compare-output";
import type { Difference } from "../../synth/output/differing";
import { writeOutput } from "../../synth/output/write-output";
import type { Seals } from "../../synth/record/seals";
import { writeRecord } from "../../synth/record/run-record";
import { synthesize, type SynthesisOutput } from "../../synth/synthesize";
import { judgementDay } from "../judgement-day";
import { progressOf, progressOver } from "../progress";
import { warn } from "../terminal";
import type { SynthOptions, SynthRun } from "./synth-run";

/** Synthesizes, whatever lies in the folder, and records what it was made of. */
export function synthFresh({ request, out, check, program, reads = new Reads() }: SynthOptions): SynthRun {
  const { envs, targets: names, asOf } = request;
  const shard = request.shard === undefined ? undefined : parseShard(request.shard);
  const day = asOf === undefined ? {} : { asOf };
  return recordReads(reads, () => {
    const all = loadFleet(envs, { ...day, onTarget: progressOf("reading") });
    const selected = selectTargets(all, names);
    const fleet = shard === undefined ? selected : shardOf(selected, shard);
    const warnings = fleetWarnings(all, day, fleet.targets);
    warnings.forEach(warn);

    const differences: Difference[] = [];
    const compare: SynthesisOutput = (...given) => {
      const compared = compareOutput(...given);
      differences.push(...compared.differences);
      return compared;
    };
    let outputs: Seals = {};
    const write: SynthesisOutput = (...given) =>
      writeOutput(...given, ({ layout, kept, seals, result }) => {
        outputs = seals;
        // What stays for a user's files is theirs to change: that is told anew each time.
        if (program === undefined || kept.length > 0 || reads.changedMeanwhile) return;
        writeRecord(layout, request, program, reads, { stacks: result, warnings, outputs });
      });

    const tell = progressOver("synthesizing", fleet.targets.length);
    const { stacks, kept } = synthesize(fleet, out, {
      asOf: judgementDay(day, envs),
      whole: names.length === 0 && shard === undefined,
      onTarget: ({ name }) => tell(name),
      output: check ? compare : write,
    });
    kept.forEach(warn);
    return { stacks, warnings, unchanged: false, differences, outputs };
  });
}
