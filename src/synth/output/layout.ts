import fs from "node:fs";
import path from "node:path";

/** Where things lie in an output folder. `stacks` and `manifest.json` are the layout of the cdktf CLI. */
export class OutputLayout {
  readonly root: string;
  readonly stacks: string;
  /** There only while the folder is whole: the cdktf CLI starts nothing without it. */
  readonly manifest: string;
  /** What Octarine keeps about the folder: who made what, who works in it, and what is not in place yet. */
  readonly own: string;
  readonly made: string;
  readonly journal: string;
  readonly locks: string;
  /** What runs were made of and made, by which the next one knows that nothing changed. */
  readonly runs: string;

  /** @param shown the folder as the user named it, for messages */
  constructor(readonly shown: string) {
    this.root = path.resolve(shown);
    this.stacks = path.join(this.root, "stacks");
    this.manifest = path.join(this.root, "manifest.json");
    this.own = path.join(this.root, ".octarine");
    this.made = path.join(this.own, "made.json");
    this.journal = path.join(this.own, "journal.json");
    this.locks = path.join(this.own, "locks");
    this.runs = path.join(this.own, "runs");
  }

  /** Makes a folder for what is to be put in place. On the same file system, so that a move is a rename. */
  makeStaging(): string {
    fs.mkdirSync(this.own, { recursive: true });
    return fs.mkdtempSync(path.join(this.own, `staging-${process.pid}-`));
  }

  /** Folders of that kind, with the process that made each. */
  stagings(): { readonly folder: string; readonly pid: number }[] {
    return entriesOf(this.own).flatMap((name) => {
      const pid = /^staging-(\d+)-/.exec(name)?.[1];
      return pid === undefined ? [] : [{ folder: path.join(this.own, name), pid: Number(pid) }];
    });
  }

  stack(id: string): string {
    return path.join(this.stacks, id);
  }

  /** A path in the folder as the user would write it. */
  show(file: string): string {
    return path.join(this.shown, path.relative(this.root, file));
  }
}

/** Names in a folder, sorted; none where there is no such folder. */
export function entriesOf(folder: string): string[] {
  try {
    return fs.readdirSync(folder).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
