import fs from "node:fs";
import nodePath from "node:path";
import type { Problem } from "./problem";
import { type Twin, WORKLOADS_FOLDER, workloadFiles } from "./workload-files";

/** The files of one target, lowest layer first. */
export interface TargetFiles {
  readonly environment: string;
  readonly region: string;
  readonly layers: readonly Layer[];
  readonly file: string;
}

/** One file of a target. */
export interface Layer {
  readonly file: string;
  /** The service that the file is about; absent: the file is about the whole target. */
  readonly workload?: string;
}

const YAML = /\.ya?ml$/;
const ENVIRONMENT_NAME = /^[a-z][a-z0-9-]{0,19}$/;

/**
 * `envs/<environment>/<region>.yaml`, over `environment.yaml` beside it and `platform.yaml` above. Beside both there may
 * be a folder of services, which lie over the one and under the other.
 */
export function discoverTargets(envsDir: string): { targets: TargetFiles[]; problems: Problem[] } {
  const shown = nodePath.relative(process.cwd(), envsDir).split(nodePath.sep).join("/") || ".";
  const problem = (file: string, message: string): Problem => ({
    file,
    line: 1,
    column: 1,
    path: "",
    message,
  });
  if (!fs.existsSync(envsDir)) {
    return {
      targets: [],
      problems: [problem(shown, "is missing; make it, or name the folder of targets with --envs")],
    };
  }
  const problems: Problem[] = [];
  const targets: TargetFiles[] = [];
  const services = workloadFiles(envsDir);
  const platform = [...existing(envsDir, "platform").map((file) => ({ file })), ...services.layers];
  problems.push(...services.twins.map((twin) => problem(...shownTwin(twin, envsDir, shown))));
  for (const environment of folders(envsDir)) {
    if (!ENVIRONMENT_NAME.test(environment)) {
      problems.push(
        problem(
          `${shown}/${environment}`,
          "is no environment name; use lower-case letters, digits, dashes, at most 20",
        ),
      );
      continue;
    }
    const dir = nodePath.join(envsDir, environment);
    const own = workloadFiles(dir);
    const shared = [...existing(dir, "environment").map((file) => ({ file })), ...own.layers];
    problems.push(...own.twins.map((twin) => problem(...shownTwin(twin, envsDir, shown))));
    const seen = new Map<string, string>();
    for (const name of fs
      .readdirSync(dir)
      .filter((each) => YAML.test(each))
      .sort()) {
      const region = name.replace(YAML, "");
      if (region === "environment") continue;
      const file = nodePath.join(dir, name);
      const twin = seen.get(region);
      if (twin !== undefined) {
        const message = `gives the workspace ${environment}-${region}, as ${twin} does; remove one of the two files`;
        problems.push(problem(`${shown}/${environment}/${name}`, message));
        continue;
      }
      seen.set(region, name);
      targets.push({ environment, region, file, layers: [...platform, ...shared, { file }] });
    }
    if (seen.size === 0) {
      problems.push(
        problem(`${shown}/${environment}`, "has no target; add <region>.yaml, for example us-east-1.yaml"),
      );
    }
  }
  if (targets.length === 0 && problems.length === 0) {
    problems.push(
      problem(shown, "has no target; add <environment>/<region>.yaml, for example dev/us-east-1.yaml"),
    );
  }
  return { targets, problems: [...problems, ...workspaceClashes(targets, shown)] };
}

function shownTwin({ file, of }: Twin, envsDir: string, shown: string): [string, string] {
  const path = nodePath.relative(envsDir, file).split(nodePath.sep).join("/");
  return [
    `${shown}/${path}`,
    `is about the same service as ${nodePath.basename(of)}; remove one of the two files`,
  ];
}

/** `a-b` in `c` and `a` in `b-c` would share a workspace. */
function workspaceClashes(targets: readonly TargetFiles[], shown: string): Problem[] {
  const owners = new Map<string, TargetFiles>();
  return targets.flatMap((target) => {
    const workspace = `${target.environment}-${target.region}`;
    const owner = owners.get(workspace);
    owners.set(workspace, owner ?? target);
    if (owner === undefined) return [];
    return [
      {
        file: `${shown}/${target.environment}/${target.region}.yaml`,
        line: 1,
        column: 1,
        path: "",
        message: `gives the workspace ${workspace}, as ${owner.environment}/${owner.region} does; rename one environment`,
      },
    ];
  });
}

function folders(dir: string): string[] {
  return fs
    .readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith(".") && entry.name !== WORKLOADS_FOLDER)
    .map(({ name }) => name)
    .sort();
}

function existing(dir: string, name: string): string[] {
  return ["yaml", "yml"]
    .map((ending) => nodePath.join(dir, `${name}.${ending}`))
    .filter((file) => fs.existsSync(file));
}
