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
  const merging: Merging = { emptyKeys: [], own: new WeakMap() };
  const nothing: MapNode = { kind: "map", entries: new Map(), at: first.at };
  const root = layers.reduce((base: SourceNode, over) => merge(base, over, [], merging), nothing);
  return { root, emptyKeys: merging.emptyKeys };
}

interface Merging {
  readonly emptyKeys: EmptyKey[];
  /** Maps that it made, which a further layer may be laid into: thousands of services are a layer each of one map. */
  readonly own: WeakMap<ReadonlyMap<string, MapEntry>, Map<string, MapEntry>>;
}

function merge(base: SourceNode, over: SourceNode, path: ConfigPath, merging: Merging): SourceNode {
  if (over.kind !== "map") return over;
  const below = base.kind === "map" && !isOtherChoice(path, base, over) ? base.entries : NONE;
  const entries = merging.own.get(below) ?? new Map(below);
  merging.own.set(entries, entries);
  for (const [key, { keyAt, node }] of over.entries) {
    const lower = entries.get(key);
    const at = [...path, key];
    if (node.kind === "scalar" && node.value === null) {
      // A null that is written out says what it means, whether or not there is something to take away.
      if (lower === undefined && node.source === "" && !isBelow(base, key))
        merging.emptyKeys.push({ path: at, at: keyAt });
      entries.delete(key);
    } else {
      entries.set(key, { keyAt, node: merge(lower?.node ?? nothingAt(node), node, at, merging) });
    }
  }
  return { kind: "map", entries, at: over.at };
}

/** Over nothing nothing is chosen: then nobody has to know the options. */
function isOtherChoice(path: ConfigPath, base: MapNode, over: MapNode): boolean {
  return (
    base.entries.size > 0 &&
    otherChoice(
      path,
      () => toKeys(base),
      () => toKeys(over),
    )
  );
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
