import fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { OutputLayout } from "./layout";
import { readJson, sorted } from "./made";
import { OutputError } from "./output-error";

const manifestSchema = z.looseObject({ stacks: z.record(z.string(), z.unknown()) });

export type Manifest = z.infer<typeof manifestSchema>;

/**
 * The manifest of a synthesis, which tells the cdktf CLI of its stacks.
 *
 * @returns undefined where there is none
 * @throws OutputError where the file is of another program
 */
export function readManifest(layout: OutputLayout, file: string = layout.manifest): Manifest | undefined {
  if (!fs.existsSync(file)) return undefined;
  const parsed = manifestSchema.safeParse(readJson(file));
  if (parsed.success) return parsed.data;
  throw new OutputError(
    `${layout.show(file)} was not written by a synthesis, which would replace it; name another folder with --out`,
  );
}

/** The manifest of what was made now beside what stays of earlier runs. */
export function manifestText(now: Manifest, kept: Manifest["stacks"]): string {
  const text = JSON.stringify({ ...now, stacks: sorted({ ...kept, ...now.stacks }) }, null, 2);
  // As json-stable-stringify, which cdktf uses, writes an empty list: the same stacks are the same bytes.
  return text.replace(/^( *)(.*)\[\](,?)$/gm, "$1$2[\n$1]$3");
}

export function stagedManifest(staging: string): string {
  return path.join(staging, "manifest.json");
}
