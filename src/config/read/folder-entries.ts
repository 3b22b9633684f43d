import fs from "node:fs";
import nodePath from "node:path";
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

function namesIn(dir: string, problems: Problem[]): string[] {
  try {
    return fs.readdirSync(dir).sort();
  } catch (error) {
    problems.push(problem(dir, `can't be read: ${whyUnreadable(error)}`));
    return [];
  }
}

type Kind = "file" | "folder" | "other" | { readonly error: unknown };

function kindOf(path: string): Kind {
  try {
    const stat = fs.statSync(path);
    return stat.isDirectory() ? "folder" : stat.isFile() ? "file" : "other";
  } catch (error) {
    return { error };
  }
}

/** A problem of a whole file or folder. */
export function problem(path: string, message: string): Problem {
  return { file: displayPath(path), line: 1, column: 1, path: "", message };
}
