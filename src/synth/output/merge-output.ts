import fs from "node:fs";
import path from "node:path";
import { runsOf } from "../record/run-record";
import { entriesOf, OutputLayout } from "./layout";
import { type Made, readMade } from "./made";
import { type Manifest, manifestText, readManifest, stagedManifest } from "./manifest";
import { type RecordedPart, refuseTouched, refuseUnlikeParts, refuseUnrecorded } from "./merge-parts";
import { OutputError } from "./output-error";
import { type Written, writeStaged } from "./write-output";

/** A folder that a part of a fleet was synthesized to. */
interface Part extends RecordedPart {
  readonly layout: OutputLayout;
  readonly made: Made;
  readonly manifest: Manifest;
}

/**
 * Puts what parts of a fleet were synthesized to into one folder, as one run would have: stacks as they are, one manifest of all.
 * Stacks in the folder that are of no part go.
 *
 * @returns ids of all stacks
 * @throws OutputError where a part is not whole, two have one stack, or the parts are not those of one run
 */
export function mergeOutputs(folders: readonly string[], outDir: string): Written<readonly string[]> {
  const parts = folders.map(partIn);
  const owners: Record<string, string> = {};
  for (const { layout, made } of parts) {
    for (const [id, { owner }] of Object.entries(made)) {
      if (Object.hasOwn(owners, id))
        throw new OutputError(
          `${layout.show(layout.stack(id))} is in another part, too; name each part once`,
        );
      owners[id] = owner;
    }
  }
  refuseUnlikeParts(parts);
  const scope = { ownerOf: (id: string) => owners[id] ?? "", decidesOver: () => true };
  return writeStaged(new OutputLayout(outDir), scope, (staging) => {
    for (const { layout, made } of parts) {
      for (const [id, { entries }] of Object.entries(made)) {
        const to = path.join(staging, "stacks", id);
        fs.mkdirSync(to, { recursive: true });
        for (const entry of entries)
          fs.cpSync(path.join(layout.stack(id), entry), path.join(to, entry), { recursive: true });
      }
    }
    const [first, ...others] = parts.map(({ manifest }) => manifest);
    if (first === undefined) throw new OutputError("there is no part to merge; name their folders");
    const stacks = Object.assign({}, ...others.map((each) => each.stacks)) as Manifest["stacks"];
    fs.writeFileSync(stagedManifest(staging), manifestText(first, stacks));
    return { result: entriesOf(path.join(staging, "stacks")) };
  });
}

/** @throws OutputError where no synthesis wrote the folder, or it was interrupted */
function partIn(folder: string): Part {
  const layout = new OutputLayout(folder);
  const manifest = readManifest(layout);
  if (manifest === undefined || fs.existsSync(layout.journal))
    throw new OutputError(
      `${folder} is not what a synthesis wrote to its end; run synth --shard for it again`,
    );
  const made = readMade(layout);
  const lost = Object.keys(manifest.stacks).filter((id) => !Object.hasOwn(made, id));
  if (lost.length > 0)
    throw new OutputError(`${folder} lacks ${layout.show(layout.made)}; copy its .octarine folder, too`);
  const all = runsOf(layout);
  if (all.length === 0) refuseUnrecorded(layout);
  const runs = all.filter(({ request }) => request.shard !== undefined);
  refuseTouched(layout, runs);
  if (runs.length === 0) return { folder, runs, layout, made, manifest };
  // What an earlier fleet left there, whose shards were others, is no part of this one.
  const ids = new Set(runs.flatMap(({ stacks }) => stacks.map(({ id }) => id)));
  const stacks = onlyOf(manifest.stacks, ids);
  return { folder, runs, layout, made: onlyOf(made, ids), manifest: { ...manifest, stacks } };
}

function onlyOf<Value>(record: Readonly<Record<string, Value>>, names: ReadonlySet<string>) {
  return Object.fromEntries(Object.entries(record).filter(([name]) => names.has(name)));
}
