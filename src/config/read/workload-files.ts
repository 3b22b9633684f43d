import nodePath from "node:path";
import type { Layer } from "./layer";
import { folderEntries, problem } from "./folder-entries";
import type { Problem } from "./problem";
import type { SourceNode } from "./source-node";

/** Folder of services, beside environment.yaml or platform.yaml. No environment can have the name. */
export const WORKLOADS_FOLDER = "workloads";

/** The services of the folder beside a layer, one file each, in order of their names. */
export function workloadFiles(
  dir: string,
  folders: readonly string[],
): { layers: Layer[]; problems: Problem[] } {
  if (!folders.includes(WORKLOADS_FOLDER)) return { layers: [], problems: [] };
  const folder = nodePath.join(dir, WORKLOADS_FOLDER);
  const entries = folderEntries(folder);
  const problems = [...entries.problems];
  const layers = new Map<string, Layer>();
  for (const name of entries.files) {
    const workload = name.replace(/\.ya?ml$/, "");
    const file = nodePath.join(folder, name);
    const known = layers.get(workload);
    if (known === undefined) layers.set(workload, { file, workload });
    else {
      const of = nodePath.basename(known.file);
      problems.push(problem(file, `is about the same service as ${of}; remove one of the two files`));
    }
  }
  for (const name of entries.folders) {
    problems.push(problem(nodePath.join(folder, name), "is a folder, and services are files; move them up"));
  }
  return { layers: [...layers.values()], problems };
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
