import { otherChoice } from "./choices";
import type { ConfigPath, MapEntry, MapNode, Position, SourceNode } from "./source-node";

/** A key without a value that no layer below has a value for: it takes nothing away. */
export interface EmptyKey {
  readonly path: ConfigPath;
  readonly at: Position;
}

export interface MergedLayers {
  readonly root: SourceNode;
  readonly emptyKeys: readonly EmptyKey[];
}

/**
 * Lays each layer on those before it: maps merge, lists and scalars replace, `null` takes a key away. Where a map is one
 * of several choices (`kind: nat-single` or `kind: none`) and the later layer makes another one, it replaces the earlier
 * map: keys of one choice mean nothing in another.
 */
export function mergeLayers(layers: readonly SourceNode[]): MergedLayers {
  const [first] = layers;
  if (first === undefined) throw new RangeError("no layer to merge");
  const emptyKeys: EmptyKey[] = [];
  const nothing: MapNode = { kind: "map", entries: new Map(), at: first.at };
  const root = layers.reduce((base: SourceNode, over) => merge(base, over, [], emptyKeys), nothing);
  return { root, emptyKeys };
}

function merge(base: SourceNode, over: SourceNode, path: ConfigPath, emptyKeys: EmptyKey[]): SourceNode {
  if (over.kind !== "map") return over;
  const below = base.kind === "map" && !otherChoice(path, toKeys(base), toKeys(over)) ? base.entries : NONE;
  const entries = new Map(below);
  for (const [key, { keyAt, node }] of over.entries) {
    const lower = entries.get(key);
    const at = [...path, key];
    if (node.kind === "scalar" && node.value === null) {
      // A null that is written out says what it means, whether or not there is something to take away.
      if (lower === undefined && node.source === "" && !isBelow(base, key))
        emptyKeys.push({ path: at, at: keyAt });
      entries.delete(key);
    } else {
      entries.set(key, { keyAt, node: merge(lower?.node ?? nothingAt(node), node, at, emptyKeys) });
    }
  }
  return { kind: "map", entries, at: over.at };
}

const NONE: ReadonlyMap<string, MapEntry> = new Map();

function nothingAt({ at }: SourceNode): SourceNode {
  return { kind: "map", entries: NONE, at };
}

function isBelow(base: SourceNode, key: string): boolean {
  return base.kind === "map" && base.entries.has(key);
}

/** Keys and their plain values; undefined for maps and lists. */
function toKeys({ entries }: MapNode): ReadonlyMap<string, unknown> {
  return new Map(
    [...entries].map(([key, { node }]) => [key, node.kind === "scalar" ? node.value : undefined]),
  );
}
