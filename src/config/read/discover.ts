import { ADOPT_ENDING } from "./adoptions";
import type { Layer } from "./layer";
import nodePath from "node:path";
import { exists } from "../../reads/reads";
import type { Problem } from "./problem";
import { folderEntries, problem } from "./folder-entries";
import type { ParsedYaml } from "./parse-yaml";
import { readLayer } from "./read-layer";
import { misplacedRegions, type RegionSet, regionSet } from "./region-set";
import { WORKLOADS_FOLDER, workloadFiles } from "./workload-files";

/** The files of one target, lowest layer first. */
export interface TargetFiles {
  readonly environment: string;
  readonly region: string;
  readonly layers: readonly Layer[];
  /** The region's own, or where `regions` names it. */
  readonly file: string;
  /** Whether the last layer is a file of the region alone. */
  readonly hasOwnFile: boolean;
  /** Of its environment, which lies under the region's own file and over the other layers. */
  readonly regions?: RegionSet;
}

type Read = (layer: Layer) => ParsedYaml;

const ENDING = /\.ya?ml$/;
const ENVIRONMENT_NAME = /^[a-z][a-z0-9-]{0,19}$/;

/**
 * `envs/<environment>/<region>.yaml`, over `environment.yaml` beside it and `platform.yaml` above. Beside both there may
 * be a folder of services, which lie over the one and under the other. Where environment.yaml has `regions`, those are the
 * targets, with or without files. What would be read by nobody is a problem.
 */
export function discoverTargets(
  envsDir: string,
  read: Read = readLayer,
): { targets: TargetFiles[]; problems: Problem[] } {
  if (!exists(envsDir)) {
    return {
      targets: [],
      problems: [
        problem(
          envsDir,
          "is missing; begin with npx octarine init, or name the folder of targets with --envs",
        ),
      ],
    };
  }
  const top = folderEntries(envsDir);
  const services = workloadFiles(envsDir, top.folders);
  const platform = namedLayer(envsDir, top.files, "platform");
  const shared = [...platform.layers, ...services.layers];
  const environments = top.folders
    .filter((name) => name !== WORKLOADS_FOLDER)
    .map((name) => environmentTargets(envsDir, name, shared, read));
  const targets = environments.flatMap((each) => each.targets);
  const problems = [
    ...top.problems,
    ...services.problems,
    ...platform.problems,
    ...platform.layers.flatMap((layer) => misplacedRegions(read(layer).root)),
    ...top.files
      .filter((name) => name.replace(ENDING, "") !== "platform")
      .map((name) =>
        problem(
          nodePath.join(envsDir, name),
          "is read by nobody; write platform.yaml here, or <environment>/<region>.yaml",
        ),
      ),
    ...environments.flatMap((each) => each.problems),
  ];
  if (targets.length === 0 && problems.length === 0) {
    problems.push(
      problem(envsDir, "has no target; add <environment>/<region>.yaml, for example dev/us-east-1.yaml"),
    );
  }
  return { targets, problems: [...problems, ...workspaceClashes(targets)] };
}

function environmentTargets(
  envsDir: string,
  environment: string,
  below: readonly Layer[],
  read: Read,
): { targets: TargetFiles[]; problems: Problem[] } {
  const dir = nodePath.join(envsDir, environment);
  if (!ENVIRONMENT_NAME.test(environment)) {
    const message = "is not an environment name; use lower-case letters, digits, dashes, at most 20";
    return { targets: [], problems: [problem(dir, message)] };
  }
  const entries = folderEntries(dir);
  const services = workloadFiles(dir, entries.folders);
  const own = namedLayer(dir, entries.files, "environment");
  const layers = [...below, ...own.layers, ...services.layers];
  const given = own.layers.map((layer) => regionSet(read(layer).root));
  const regions = given.find(({ set }) => set !== undefined)?.set;
  const problems = [
    ...entries.problems,
    ...own.problems,
    ...own.layers.flatMap((layer) => read(layer).problems),
    ...services.problems,
    ...given.flatMap((each) => each.problems),
  ];
  const targets = new Map<string, TargetFiles>();
  const adopting = entries.files.filter((name) => name.endsWith(ADOPT_ENDING));
  for (const name of entries.files) {
    const region = name.replace(ENDING, "");
    if (region === "environment" || adopting.includes(name)) continue;
    const file = nodePath.join(dir, name);
    problems.push(...misplacedRegions(read({ file }).root));
    if (regions !== undefined && !regions.places.has(region)) {
      problems.push(
        problem(file, `is of a region that regions in environment.yaml does not list; ${ADD_OR_REMOVE}`),
      );
      continue;
    }
    const twin = targets.get(region);
    if (twin === undefined) {
      targets.set(region, {
        environment,
        region,
        file,
        layers: [...layers, { file }],
        hasOwnFile: true,
        ...(regions && { regions }),
      });
    } else {
      const of = nodePath.basename(twin.file);
      const message = `gives the workspace ${environment}-${region}, as ${of} does; remove one of the two files`;
      problems.push(problem(file, message));
    }
  }
  for (const region of regions?.places.keys() ?? []) {
    const file = own.layers[0]?.file;
    if (targets.has(region) || file === undefined) continue;
    targets.set(region, {
      environment,
      region,
      file,
      layers,
      hasOwnFile: false,
      ...(regions && { regions }),
    });
  }
  for (const name of adopting) {
    const region = name.slice(0, -ADOPT_ENDING.length);
    if (targets.has(region)) continue;
    const message = `says what ${environment}/${region} takes over, and there is no such target; add ${region}.yaml, or remove the file`;
    problems.push(problem(nodePath.join(dir, name), message));
  }
  for (const name of entries.folders.filter((each) => each !== WORKLOADS_FOLDER)) {
    const folder = nodePath.join(dir, name);
    if (folderEntries(folder).files.length === 0) continue;
    problems.push(
      problem(
        folder,
        `has YAML that nobody reads; targets are ${environment}/<region>.yaml, services are in ${WORKLOADS_FOLDER}/`,
      ),
    );
  }
  if (targets.size === 0 && problems.length === 0) {
    problems.push(
      problem(
        dir,
        "has no target; add <region>.yaml, for example us-east-1.yaml, or regions: [us-east-1] to environment.yaml",
      ),
    );
  }
  return { targets: [...targets.values()].sort(byRegion), problems };
}

function byRegion(a: TargetFiles, b: TargetFiles): number {
  return a.region < b.region ? -1 : 1;
}

const ADD_OR_REMOVE = "add it there, or remove the file";

/** The file of a layer with a fixed name. */
function namedLayer(
  dir: string,
  files: readonly string[],
  name: string,
): { layers: Layer[]; problems: Problem[] } {
  const [first, second] = files.filter((file) => file.replace(ENDING, "") === name);
  if (first === undefined) return { layers: [], problems: [] };
  const layers = [{ file: nodePath.join(dir, first) }];
  if (second === undefined) return { layers, problems: [] };
  const message = `stands beside ${first}, and one of the two would be forgotten; remove one`;
  return { layers, problems: [problem(nodePath.join(dir, second), message)] };
}

/** `a-b` in `c` and `a` in `b-c` would share a workspace. */
function workspaceClashes(targets: readonly TargetFiles[]): Problem[] {
  const owners = new Map<string, TargetFiles>();
  return targets.flatMap((target) => {
    const workspace = `${target.environment}-${target.region}`;
    const owner = owners.get(workspace);
    owners.set(workspace, owner ?? target);
    if (owner === undefined) return [];
    const message = `gives the workspace ${workspace}, as ${owner.environment}/${owner.region} does; rename one environment`;
    return [problem(target.file, message)];
  });
}
