import { stringify } from "yaml";
import { completed } from "./switches/covering-array";
import { configOf, positionsOf, type Row } from "./switches/switches";
import { type Block, releaseValues, resourcesOf, synthYaml } from "./synth";

export interface ChartRelease {
  readonly stack: string;
  readonly chart: string;
  readonly values: Block;
  readonly block: Block;
}

/** A target with every component that goes with the positions given. */
export function everything(chosen: Partial<Row>): string {
  const row = completed(chosen, (name) => positionsOf(name).toReversed());
  if (row === undefined) throw new Error(`no target can have ${JSON.stringify(chosen)}`);
  return stringify(configOf(row));
}

/** All Helm releases of a target, by name of the release. */
export function chartReleases(yaml: string): Map<string, ChartRelease> {
  const found = new Map<string, ChartRelease>();
  for (const [stack, json] of Object.entries(synthYaml(yaml))) {
    for (const [address, block] of Object.entries(resourcesOf(json, "helm_release"))) {
      const values = releaseValues(json, address);
      found.set(String(block.name), { stack, chart: String(block.chart), values, block });
    }
  }
  return found;
}
