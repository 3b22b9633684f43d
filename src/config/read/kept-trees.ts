import { digest } from "../../reads/reads";
import { type ParsedYaml, parseYaml } from "./parse-yaml";
import type { MapEntry, ScalarNode, SourceNode } from "./source-node";

/** A tree as it is kept, of text that JSON takes: of each node its kind, its line and column, and what it holds. Its file may have moved. */
export type KeptTree =
  | readonly [kind: "scalar", line: number, column: number, value: ScalarNode["value"], source: string]
  | readonly [kind: "list", line: number, column: number, items: readonly KeptTree[]]
  | readonly [kind: "map", line: number, column: number, entries: readonly KeptEntry[]];

type KeptEntry = readonly [key: string, line: number, column: number, value: KeptTree];

/**
 * Trees of YAML files by the SHA-256 of their text, so that a file that an earlier run of this program read is not parsed again. One in
 * which anything is wrong is: its problems are told anew.
 */
export class KeptTrees {
  readonly #now = new Map<string, KeptTree>();

  /** @param before what an earlier run of the same program read */
  constructor(private readonly before: ReadonlyMap<string, KeptTree> = new Map()) {}

  /** What this run read. */
  get now(): ReadonlyMap<string, KeptTree> {
    return this.#now;
  }

  /** Whether this run read anything else than the one before. */
  get isOther(): boolean {
    return this.#now.size !== this.before.size || [...this.#now.keys()].some((key) => !this.before.has(key));
  }

  /** As `parseYaml`. */
  parse(text: string, file: string): ParsedYaml {
    const key = digest(text);
    const known = this.before.get(key);
    const parsed = known === undefined ? parseYaml(text, file) : sound(nodeOf(known, file));
    const tree = known ?? (parsed.problems.length === 0 ? treeOf(parsed.root) : undefined);
    if (tree !== undefined) this.#now.set(key, tree);
    return parsed;
  }
}

function sound(root: SourceNode): ParsedYaml {
  return { root, problems: [], holes: [], broken: false };
}

/** Undefined for a value that JSON has no way to write. */
function treeOf(node: SourceNode): KeptTree | undefined {
  const { line, column } = node.at;
  switch (node.kind) {
    case "scalar": {
      const { value, source } = node;
      const isJson = typeof value !== "number" || Object.is(JSON.parse(JSON.stringify(value)), value);
      return isJson ? ["scalar", line, column, value, source] : undefined;
    }
    case "list": {
      const items = node.items.map(treeOf);
      return items.every((item) => item !== undefined) ? ["list", line, column, items] : undefined;
    }
    case "map": {
      const entries = [...node.entries].map(([key, { keyAt, node: value }]): KeptEntry | undefined => {
        const tree = treeOf(value);
        return tree && [key, keyAt.line, keyAt.column, tree];
      });
      return entries.every((entry) => entry !== undefined) ? ["map", line, column, entries] : undefined;
    }
  }
}

function nodeOf(tree: KeptTree, file: string): SourceNode {
  const [kind, line, column] = tree;
  const at = { file, line, column };
  switch (kind) {
    case "scalar": {
      const [, , , value, source] = tree;
      return { kind, value, source, at };
    }
    case "list":
      return { kind, items: tree[3].map((item) => nodeOf(item, file)), at };
    case "map": {
      const entries = tree[3].map(([key, keyLine, keyColumn, value]): [string, MapEntry] => [
        key,
        { keyAt: { file, line: keyLine, column: keyColumn }, node: nodeOf(value, file) },
      ]);
      return { kind, entries: new Map(entries), at };
    }
  }
}
