import fs from "node:fs";
import { z } from "zod";
import { entriesOf, type OutputLayout } from "./layout";

/** What Octarine put into a stack's folder, and for which target. */
export interface MadeStack {
  /** `prod/us-east-1`; of a bootstrap stack, its environment. */
  readonly owner: string;
  /** Names in the folder, sorted. */
  readonly entries: readonly string[];
}

/** By the stack's id, which is the folder's name. */
export type Made = Readonly<Record<string, MadeStack>>;

const madeSchema = z.object({
  stacks: z.record(z.string(), z.object({ owner: z.string(), entries: z.array(z.string()) })),
});

/** What was made here. Of a folder without the record nothing is known to be ours, and nothing of it is removed. */
export function readMade(layout: OutputLayout): Made {
  const read = readJson(layout.made);
  const parsed = madeSchema.safeParse(read);
  return parsed.success ? parsed.data.stacks : {};
}

export function madeText(made: Made): string {
  return `${JSON.stringify({ stacks: sorted(made) }, null, 2)}\n`;
}

/** What in a stack's folder is not of our making, such as Terraform's lock file. */
export function foreignEntries(layout: OutputLayout, id: string, made: Made): string[] {
  const ours = new Set(made[id]?.entries ?? []);
  return entriesOf(layout.stack(id)).filter((entry) => !ours.has(entry));
}

/** JSON of a file; undefined where there is none that can be read. */
export function readJson(file: string): unknown {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof SyntaxError || code === "ENOENT") return undefined;
    throw error;
  }
}

export function sorted<Value>(record: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
}
