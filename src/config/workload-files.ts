import fs from "node:fs";
import nodePath from "node:path";
import type { Layer } from "./discover";
import type { SourceNode } from "./source-node";

/** Folder of services, beside environment.yaml or platform.yaml. No environment can have the name. */
export const WORKLOADS_FOLDER = "workloads";

const YAML = /\.ya?ml$/;

/** Two files of one service. */
export interface Twin {
  readonly file: string;
  readonly of: string;
}

/** The services below `dir`, one file each, in order of their names. */
export function workloadFiles(dir: string): { layers: Layer[]; twins: Twin[] } {
  const folder = nodePath.join(dir, WORKLOADS_FOLDER);
  if (!fs.existsSync(folder)) return { layers: [], twins: [] };
  const layers = new Map<string, Layer>();
  const twins: Twin[] = [];
  for (const name of fs.readdirSync(folder).sort()) {
    if (!YAML.test(name)) continue;
    const workload = name.replace(YAML, "");
    const file = nodePath.join(folder, name);
    const known = layers.get(workload);
    if (known === undefined) layers.set(workload, { file, workload });
    else twins.push({ file, of: known.file });
  }
  return { layers: [...layers.values()], twins };
}

/** A service's file as a layer of a target: what it holds is at `workloads.<service>`. */
export function asWorkload(root: SourceNode, workload: string): SourceNode {
  const under = (key: string, node: SourceNode): SourceNode => ({
    kind: "map",
    entries: new Map([[key, { keyAt: root.at, node }]]),
    at: root.at,
  });
  return under("workloads", under(workload, root));
}
