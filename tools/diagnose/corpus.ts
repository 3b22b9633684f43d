import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { z } from "zod";

/** A case of the corpus: what somebody's tools said, and what was wrong. */
export interface Case {
  /** Folder of the corpus: a cause, `mixed`, `none`, or a fresh set. */
  readonly folder: string;
  readonly name: string;
  /** The thread that it is after. */
  readonly source: string;
  /** The cause that has to be named first; undefined where none is to be found. */
  readonly first: string | undefined;
  /** Something is wrong that is no cause of ours: none may be named with certainty, though one may be thought of. */
  readonly isElse: boolean;
  /** Causes that hold beside it. */
  readonly also: readonly string[];
  /** Causes that look as if they held. */
  readonly not: readonly string[];
  readonly files: readonly { readonly name: string; readonly text: string }[];
  /** `kept back`: not run while the rules were written. `fresh`: of threads that were read after the rules had been written, and run once before they changed. */
  readonly group: Group;
}

export const groups = ["seen", "kept back", "fresh 1", "fresh 2", "fresh 3"] as const;
export type Group = (typeof groups)[number];

/** Folders of the fresh sets, in the order of their first runs. */
const freshSets: Readonly<Record<string, Group>> = {
  fresh: "fresh 1",
  "fresh-2": "fresh 2",
  "fresh-3": "fresh 3",
};

export const CORPUS = path.join(__dirname, "../../__tests__/diagnose/corpus");

const about = z.strictObject({
  source: z.url(),
  first: z.string().optional(),
  isElse: z.boolean().default(false),
  also: z.array(z.string()).default([]),
  not: z.array(z.string()).default([]),
  note: z.string().optional(),
});

export function readCorpus(): Case[] {
  return foldersIn(CORPUS).flatMap((folder) => {
    const names = foldersIn(path.join(CORPUS, folder));
    const kept = keptOf(folder, names);
    return names.map((name): Case => {
      const at = path.join(CORPUS, folder, name);
      const { source, first, isElse, also, not } = about.parse(
        parse(fs.readFileSync(path.join(at, "case.yaml"), "utf8")),
      );
      const files = fs.readdirSync(at).filter((file) => file !== "case.yaml");
      return {
        folder,
        name,
        source,
        first,
        isElse,
        also,
        not,
        files: files
          .sort()
          .map((file) => ({ name: file, text: fs.readFileSync(path.join(at, file), "utf8") })),
        group: freshSets[folder] ?? (kept.has(name) ? "kept back" : "seen"),
      };
    });
  });
}

/** A third of each folder, by a hash of the names: nobody chooses. */
function keptOf(folder: string, names: readonly string[]): ReadonlySet<string> {
  const inOrder = [...names].sort((a, b) => hash(folder, a).localeCompare(hash(folder, b)));
  return new Set(inOrder.filter((_, index) => index % 3 === 2));
}

function hash(folder: string, name: string): string {
  return createHash("sha256").update(`${folder}/${name}`).digest("hex");
}

function foldersIn(folder: string): string[] {
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}
