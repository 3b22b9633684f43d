import { KeptTrees } from "../../config/read/kept-trees";
import type { ParseYaml } from "../../config/read/read-layer";
import { loadFleet } from "../../fleet/load-fleet";
import { selectTargets } from "../../fleet/select-targets";
import { parseShard, shardOf } from "../../fleet/shard";
import { fleetWarnings } from "../../fleet/warnings";
import { rulesInForce } from "../../guardrails/rules/own-rules";
import type { Fleet } from "../../model/target";
import { Reads, recordReads } from "../../reads/reads";
import { compareOutput } from "../../synth/output/compare-output";
import type { Difference } from "../../synth/output/differing";
import { OutputLayout } from "../../synth/output/layout";
import { writeOutput } from "../../synth/output/write-output";
import type { Seals } from "../../synth/record/seals";
import { isOfContent, knownTargets, type KnownTarget } from "../../synth/record/known-targets";
import { readKeptFiles, writeKeptFiles } from "../../synth/record/kept-files";
import { type PriorRun, writeRecord } from "../../synth/record/run-record";
import { readTargetRecords, type TargetRecords, writeTargetRecords } from "../../synth/record/target-records";
import { targetSeals } from "../../synth/record/target-seals";
import { synthesize, type SynthesisOutput } from "../../synth/synthesize";
import { judgementDay } from "../judgement-day";
import { progressOf, progressOver } from "../progress";
import { warn } from "../terminal";
import { keepHeapSmall } from "./heap-growth";
import type { SynthOptions, SynthRun } from "./synth-run";

/**
 * Synthesizes what the folder does not have, and records what it was made of.
 *
 * @param prior what the run before recorded; without it every target is made
 */
export function synthFresh(
  { request, out, check, program, reads = new Reads(), note = () => {} }: SynthOptions,
  prior?: PriorRun,
): SynthRun {
  const { envs, targets: names, asOf } = request;
  const shard = request.shard === undefined ? undefined : parseShard(request.shard);
  const day = asOf === undefined ? {} : { asOf };
  return recordReads(reads, () => {
    const trees = new KeptTrees(
      prior && !check ? readKeptFiles(prior.files.files, prior.record.program) : new Map(),
    );
    const parse: ParseYaml = (text, file) => trees.parse(text, file);
    const tellRead = progressOf("reading");
    const onTarget = (name: string, total: number): void => {
      keepHeapSmall(total);
      tellRead(name, total);
    };
    const all = loadFleet(envs, { ...day, parse, onTarget });
    const selected = selectTargets(all, names);
    const fleet = shard === undefined ? selected : shardOf(selected, shard);
    const warnings = fleetWarnings(all, day, fleet.targets);
    warnings.forEach(warn);

    const seals = sealsOf(all, fleet, reads);
    const records = prior && !check ? recordsOf(prior) : undefined;
    const known =
      prior && records
        ? knownTargets(new OutputLayout(out), prior, records, seals, note)
        : new Map<string, KnownTarget>();
    // What is asked while stacks are made is asked for nobody in particular.
    const late = new Reads();
    const before = known.size === 0 ? [] : (records?.late ?? []);
    before.forEach((read) => reads.add(read, []));

    const differences: Difference[] = [];
    const compare: SynthesisOutput = (...given) => {
      const compared = compareOutput(...given);
      differences.push(...compared.differences);
      return compared;
    };
    let outputs: Seals = {};
    const write: SynthesisOutput = (...given) =>
      writeOutput(...given, ({ layout, kept, seals: written, stats, begun, result }) => {
        outputs = written;
        late.all.forEach((read) => reads.add(read, []));
        // What stays for a user's files is theirs to change: that is told anew each time.
        if (program === undefined || kept.length > 0 || reads.changedMeanwhile || late.changedMeanwhile)
          return;
        const stacks = result.flatMap((target) =>
          target.stacks.map(({ id }) => ({ id, target: target.name })),
        );
        const outcome = { stacks, warnings, outputs, stats, begun };
        const { files, seal } = writeRecord(layout, request, program, reads, outcome);
        if (trees.isOther || prior === undefined) writeKeptFiles(files.files, program, trees.now);
        writeTargetRecords(files.targets, seal, {
          late: [...before, ...late.all].filter(isOfContent),
          targets: new Map(
            result.map(({ name, stacks: own, parts }) => [
              name,
              { seal: seals.get(name) ?? "", stacks: own, parts },
            ]),
          ),
        });
      });

    const made = fleet.targets.length - known.size;
    note(`${made} of ${fleet.targets.length} targets are made`);
    const tell = progressOver("synthesizing", made);
    const synthesized = () =>
      synthesize(fleet, out, {
        asOf: judgementDay(day, envs),
        whole: names.length === 0 && shard === undefined,
        onTarget: ({ name }) => tell(name),
        output: check ? compare : write,
        known,
        note,
      });
    try {
      const { stacks, kept } = recordReads(late, synthesized);
      kept.forEach(warn);
      return { stacks, warnings, unchanged: false, differences, outputs };
    } finally {
      // Whoever waits for changes waits for those of a run that failed, too.
      late.all.forEach((read) => reads.add(read, []));
    }
  });
}

function recordsOf({ files, seal }: PriorRun): TargetRecords | undefined {
  return readTargetRecords(files.targets, seal, rulesInForce());
}

/** Of the targets that are asked for; what they are made of may be of others. */
function sealsOf(all: Fleet, { targets }: Fleet, reads: Reads): ReadonlyMap<string, string> {
  const seals = targetSeals(all.targets, reads);
  return new Map(targets.map(({ name }) => [name, seals.get(name) ?? ""]));
}
