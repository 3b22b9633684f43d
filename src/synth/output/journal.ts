import fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { OutputLayout } from "./layout";
import { readJson } from "./made";
import { stagedManifest } from "./manifest";

const journalSchema = z.object({
  /** Folder in which what is to be placed was made, its name in `.octarine`. */
  staging: z.string(),
  place: z.array(z.object({ stack: z.string(), entries: z.array(z.string()), remove: z.array(z.string()) })),
  removeStacks: z.array(z.string()),
});

/** What is left to do to the folder, complete before any of it is done. */
export type Journal = z.infer<typeof journalSchema>;

/**
 * Puts what was staged in place. From the moment that the journal is there the change counts as made: whoever comes next
 * finishes it, however far this process comes. Until then the folder is as it was.
 */
export function commit(layout: OutputLayout, journal: Journal): void {
  const written = path.join(layout.own, journal.staging, path.basename(layout.journal));
  fs.writeFileSync(written, JSON.stringify(journal));
  fs.renameSync(written, layout.journal);
  finish(layout, journal);
}

/**
 * Finishes what a process that was killed had begun.
 *
 * @returns whether there was something to finish
 */
export function heal(layout: OutputLayout): boolean {
  const parsed = journalSchema.safeParse(readJson(layout.journal));
  if (!parsed.success) return false;
  finish(layout, parsed.data);
  return true;
}

/** Each step may have been done before: what is no longer staged is in place already. */
function finish(layout: OutputLayout, { staging: name, place, removeStacks }: Journal): void {
  const staging = path.join(layout.own, path.basename(name));
  const manifest = stagedManifest(staging);
  // The cdktf CLI starts nothing without it: while files of two runs lie side by side, there is none.
  if (fs.existsSync(manifest)) fs.rmSync(layout.manifest, { force: true });
  for (const stack of removeStacks) remove(layout.stack(stack));
  for (const { stack, entries, remove: gone } of place) {
    const [from, to] = [path.join(staging, "stacks", stack), layout.stack(stack)];
    if (!fs.existsSync(to) && fs.existsSync(from)) {
      // All of it is staged where there is nothing of it: one step instead of one for each entry.
      fs.mkdirSync(layout.stacks, { recursive: true });
      fs.renameSync(from, to);
      continue;
    }
    fs.mkdirSync(to, { recursive: true });
    for (const entry of gone) remove(path.join(to, entry));
    for (const entry of entries) move(path.join(from, entry), path.join(to, entry));
  }
  move(path.join(staging, path.basename(layout.made)), layout.made);
  move(manifest, layout.manifest);
  remove(layout.journal);
  remove(staging);
}

function move(from: string, to: string): void {
  if (!fs.existsSync(from)) return;
  // A file is replaced in one step; a folder can't be.
  if (fs.statSync(from).isDirectory()) remove(to);
  fs.renameSync(from, to);
}

function remove(file: string): void {
  fs.rmSync(file, { recursive: true, force: true });
}
