import path from "node:path";
import type { App, TerraformStack } from "cdktf";
import { Fault } from "../../text/errors";
import type { FileStat, Seals, Stats } from "../record/seals";
import type { Difference } from "./differing";
import { type OutputLayout } from "./layout";
import { stackFiles } from "./stack-files";
import { differingFrom, sealsOf, type Seen, seenAt, type Wanted, write } from "./wanted";

/**
 * What is staged of stacks that are handed over: all, to be compared when nobody else may write; what the folder does not have; nothing,
 * where it is only to be known what differs.
 */
export type Stages = "all" | "changes" | "nothing";

/** Where stacks are handed over as they are made, one target after the other: a fleet's stacks fill the memory. */
export interface StackSink {
  /** Whether stacks that are there already need not be made. */
  readonly keeps: boolean;
  /**
   * Takes stacks that nothing is added to any more, and lets go of them.
   *
   * @returns ids of those that the framework wrote in its own way, which takes longer
   */
  take(stacks: readonly TerraformStack[]): readonly string[];
  /** Takes stacks that are not made, because the folder has all of them as they would be. */
  keep(stacks: readonly KnownStack[]): void;
}

/** A stack that an earlier run made, and that is there as it was written. */
export interface KnownStack {
  readonly id: string;
  /** What cdktf's manifest says of it. */
  readonly manifest: object;
  readonly files: MadeFiles;
  /** Of its files, when they were looked at. */
  readonly stats: Stats;
}

/** A stack that was made, and what the folder lacks of it. */
export interface MadeFiles {
  /** Names in its folder. */
  readonly entries: readonly string[];
  /** Those of them that differ from what is there: they are staged, and nothing else of the stack is. */
  readonly changed: readonly string[];
  /** Relative to the stack's folder. */
  readonly differences: readonly Difference[];
  readonly seals: Seals;
}

/**
 * Takes stacks and compares them with what the output folder has: what it has already is not written again. Stacks of which only the
 * framework knows what it writes are staged by it, whole.
 */
export class MadeStacks implements StackSink {
  readonly #found = new Map<string, MadeFiles>();
  readonly #seen = new Map<string, Seen>();
  readonly #sources = new Map<string, Wanted | undefined>();
  readonly #begun = performance.now();

  constructor(
    private readonly app: App,
    private readonly layout: OutputLayout,
    private readonly staging: string,
    private readonly stages: Stages,
  ) {}

  /** By their ids, of those that are not staged whole. */
  get found(): ReadonlyMap<string, MadeFiles> {
    return this.#found;
  }

  get keeps(): boolean {
    return this.stages !== "all";
  }

  take(stacks: readonly TerraformStack[]): readonly string[] {
    const byFramework: string[] = [];
    const { outdir, skipValidation, manifest } = this.app;
    for (const stack of stacks) {
      const { id } = stack.node;
      if (manifest.stacks[id] !== undefined) throw new Fault(`two stacks are ${id}`);
      const files = this.stages === "all" ? undefined : stackFiles(stack, this.#sources);
      if (files === undefined) {
        byFramework.push(id);
        stack.synthesizer.synthesize({ outdir, skipValidation, manifest });
      } else this.#compare(id, files);
    }
    for (const { node } of stacks) this.app.node.tryRemoveChild(node.id);
    return byFramework;
  }

  keep(stacks: readonly KnownStack[]): void {
    for (const { id, manifest, files, stats } of stacks) {
      Object.assign(this.app.manifest.stacks, { [id]: manifest });
      this.#found.set(id, files);
      for (const [name, [size, modifiedMs, changedMs, inode]] of Object.entries(stats))
        this.#seen.set(path.resolve(this.layout.root, name), [size, modifiedMs, changedMs, inode]);
    }
  }

  /** Of what was found to be as wanted, and since when it was looked at. */
  stats(seals: Seals): { readonly stats: Stats; readonly begun: number } {
    const stats: Record<string, FileStat> = {};
    for (const [name, seal] of Object.entries(seals)) {
      const seen = this.#seen.get(path.resolve(this.layout.root, name));
      if (seen !== undefined) stats[name] = [...seen, seal];
    }
    return { stats, begun: this.#begun };
  }

  /** Whether what was found to be as wanted is still as it was then. */
  isStill(): boolean {
    for (const [file, seen] of this.#seen) {
      const now = seenAt(file);
      if (now === undefined || now.some((value, index) => value !== seen[index])) return false;
    }
    return true;
  }

  #compare(id: string, files: ReadonlyMap<string, Wanted>): void {
    const folder = this.layout.stack(id);
    const differences = new Map(
      [...files].map(([name, wanted]) => [
        name,
        differingFrom(wanted, path.join(folder, name), name, this.#seen),
      ]),
    );
    const changed = [...files].filter(([name]) => (differences.get(name) ?? []).length > 0);
    if (this.stages === "changes" && changed.length > 0)
      write(new Map(changed), path.join(this.staging, "stacks", id));
    this.#found.set(id, {
      entries: [...files.keys()].sort(),
      changed: changed.map(([name]) => name).sort(),
      differences: [...differences.values()].flat(),
      seals: sealsOf(files, `stacks/${id}/`),
    });
  }
}
