import fs from "node:fs";
import type { KeptTree } from "../../config/read/kept-trees";
import { digest } from "../../reads/reads";
import { replaceFile } from "./replace-file";

interface KeptFiles {
  /** Hash of the program that read them: another may read the same text as something else. */
  readonly program: string;
  readonly trees: readonly (readonly [text: string, tree: KeptTree])[];
}

/** Trees of files that a program read, by the hash of their text; none where the file is another program's, or was edited. */
export function readKeptFiles(file: string, program: string): ReadonlyMap<string, KeptTree> {
  const text = textOf(file);
  const end = text.indexOf("\n");
  const body = text.slice(end + 1);
  if (text.slice(0, end) !== digest(body)) return new Map();
  const kept = JSON.parse(body) as KeptFiles;
  return new Map(kept.program === program ? kept.trees : []);
}

export function writeKeptFiles(file: string, program: string, trees: ReadonlyMap<string, KeptTree>): void {
  const kept: KeptFiles = { program, trees: [...trees] };
  const body = JSON.stringify(kept);
  replaceFile(file, `${digest(body)}\n${body}`);
}

function textOf(file: string): string {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
