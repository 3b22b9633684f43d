import type { Fleet } from "../model/target";
import { atlantisYaml } from "./atlantis";
import { githubWorkflow } from "./github/workflow";
import { gitlabPipeline } from "./gitlab/pipeline";
import type { CiFile, CiOptions } from "./job";
import type { CiSystem } from "./system-names";

/** What makes the file of each. */
export const ciWriters: Readonly<Record<CiSystem, (fleet: Fleet, options: CiOptions) => CiFile>> = {
  github: githubWorkflow,
  gitlab: gitlabPipeline,
  atlantis: atlantisYaml,
};
