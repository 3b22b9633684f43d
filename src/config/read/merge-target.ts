import type { TargetFiles } from "./discover";
import { type MergedLayers, mergeLayers } from "./merge-layers";
import { type RegionLayer, regionLayer } from "./region-layer";
import type { SourceNode } from "./source-node";

/** The layers of a target as one, with what its environment's `regions` gives it under its own file. */
export function mergeTarget(
  { regions, hasOwnFile, environment, region }: TargetFiles,
  roots: readonly SourceNode[],
): MergedLayers & Pick<RegionLayer, "problems" | "holes"> {
  if (regions === undefined) return { ...mergeLayers(roots), problems: [], holes: [] };
  const under = hasOwnFile ? roots.slice(0, -1) : roots;
  const own = roots.slice(under.length);
  const given = regionLayer({ environment, region }, regions, {
    below: mergeLayers(under).root,
    all: mergeLayers(roots).root,
  });
  return { ...mergeLayers([...under, given.root, ...own]), problems: given.problems, holes: given.holes };
}
