/** Where in a file something stands; line and column count from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export type ConfigPath = readonly (string | number)[];

/** A YAML value that knows where it was written, so that every message and `explain` can say so. */
export type SourceNode = ScalarNode | ListNode | MapNode;

export interface ScalarNode {
  readonly kind: "scalar";
  readonly value: string | number | boolean | null;
  /** As it was written: `2026.10` is the number 2026.1. Empty where nothing was. */
  readonly source: string;
  readonly at: Position;
}

export interface ListNode {
  readonly kind: "list";
  readonly items: readonly SourceNode[];
  readonly at: Position;
}

export interface MapNode {
  readonly kind: "map";
  readonly entries: ReadonlyMap<string, MapEntry>;
  readonly at: Position;
}

export interface MapEntry {
  readonly keyAt: Position;
  readonly node: SourceNode;
}

/** The bare value, as the schema reads it. */
export function toPlain(node: SourceNode): unknown {
  switch (node.kind) {
    case "scalar":
      return node.value;
    case "list":
      return node.items.map(toPlain);
    case "map":
      return Object.fromEntries([...node.entries].map(([key, entry]) => [key, toPlain(entry.node)]));
  }
}

/** The node at `path`, or the deepest one on the way to it. */
export function locate(
  root: SourceNode,
  path: ConfigPath,
): { node: SourceNode; at: Position; found: boolean } {
  let node = root;
  let at = root.at;
  for (const step of path) {
    const entry = node.kind === "map" ? node.entries.get(String(step)) : undefined;
    const next = entry?.node ?? (node.kind === "list" ? node.items[Number(step)] : undefined);
    if (next === undefined) return { node, at, found: false };
    // A map or list starts on the line after its key; the key is what a reader looks for.
    at = entry && next.kind !== "scalar" ? entry.keyAt : next.at;
    node = next;
  }
  return { node, at, found: true };
}

/** Where the key itself of `path` stands. */
export function keyPosition(root: SourceNode, path: ConfigPath): Position {
  const { node, at } = locate(root, path.slice(0, -1));
  const entry = node.kind === "map" ? node.entries.get(String(path.at(-1))) : undefined;
  return entry?.keyAt ?? at;
}

export function formatPath(path: ConfigPath): string {
  return path
    .map((step, index) => {
      if (typeof step === "number") return `[${step}]`;
      const bare = /^[A-Za-z_][A-Za-z0-9_-]*$/.test(step) ? step : JSON.stringify(step);
      return index === 0 ? bare : `.${bare}`;
    })
    .join("");
}
