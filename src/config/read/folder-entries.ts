import nodePath from "node:path";
import { type FileKind, kindOf as kindAt, namesIn as namesAt } from "../../reads/reads";
import { displayPath } from "./display-path";
import type { Problem } from "./problem";
import { whyUnreadable } from "./why-unreadable";

/** What a folder of a config holds, links followed. */
export interface FolderEntries {
  /** Names of YAML files, in order. */
  readonly files: readonly string[];
  /** Names of folders, in order. */
  readonly folders: readonly string[];
  /** Entries that would be left out without a word: broken links, other endings, what can't be read. */
  readonly problems: readonly Problem[];
}

const YAML = /\.ya?ml$/;

/** Reads a folder. Hidden files, and those that are not YAML, don't matter here. */
export function folderEntries(dir: string): FolderEntries {
  const files: string[] = [];
  const folders: string[] = [];
  const problems: Problem[] = [];
  for (const name of namesIn(dir, problems)) {
    if (name.startsWith(".")) continue;
    const path = nodePath.join(dir, name);
    const isYaml = YAML.test(name);
    const kind = kindOf(path);
    if (typeof kind === "object") {
      // A name without an ending may be that of an environment's folder.
      if (name.includes(".") && !/\.ya?ml$/i.test(name)) continue;
      problems.push(problem(path, `can't be read: ${whyUnreadable(kind.error)}`));
    } else if (kind === "folder") {
      if (isYaml) problems.push(problem(path, "is a folder; write a file, or rename the folder"));
      else folders.push(name);
    } else if (isYaml) {
      if (kind === "file") files.push(name);
      else problems.push(problem(path, "is not a file that can be read; remove it"));
    } else if (/\.ya?ml$/i.test(name)) {
      const right = name.replace(/\.[^.]+$/, ".yaml");
      problems.push(problem(path, `is not read for its ending; rename it to ${right}`));
    }
  }
  return { files, folders, problems };
}

function namesIn(dir: string, problems: Problem[]): readonly string[] {
  try {
    return namesAt(dir);
  } catch (error) {
    problems.push(problem(dir, `can't be read: ${whyUnreadable(error)}`));
    return [];
  }
}

function kindOf(path: string): FileKind | { readonly error: unknown } {
  try {
    return kindAt(path);
  } catch (error) {
    return { error };
  }
}

/** A problem of a whole file or folder. */
export function problem(path: string, message: string): Problem {
  return { file: displayPath(path), line: 1, column: 1, path: "", message };
}
