import fs from "node:fs";
import path from "node:path";
import { type Project, useProject } from "../project/project";
import { loadProject } from "./project/load-project";
import { asOfDay } from "./as-of";
import { refuseInsideEnvs } from "./out-of-envs";
import { reportAndExit } from "./report-error";
import { synthOnce } from "./synth/synth-once";

/**
 * The app that the cdktf CLI runs (cdktf.json). `octarine synth` calls the same function and writes the same bytes. All that a
 * synthesis depends on is read here: the envs folder, which targets, and where to write.
 *
 * @param project what is added to the platform. @default the default export of octarine.config.ts, where there is one
 */
export async function runApp(project?: Project): Promise<void> {
  const {
    OCTARINE_ENVS = "envs",
    OCTARINE_TARGETS = "",
    CDKTF_OUTDIR = "cdktf.out",
    CDKTF_CONTEXT_JSON,
    SOURCE_DATE_EPOCH,
  } = process.env;
  try {
    refuseInsideEnvs(CDKTF_OUTDIR, OCTARINE_ENVS);
    if (project === undefined) await loadProject(process.cwd());
    else useProject(project);
    const targets = OCTARINE_TARGETS.split(",").filter(Boolean);
    const request = { envs: OCTARINE_ENVS, targets, ...asOfDay(undefined, SOURCE_DATE_EPOCH) };
    const stacks = CDKTF_CONTEXT_JSON === undefined ? [] : foldersOf(path.join(CDKTF_OUTDIR, "stacks"));
    await synthOnce({ request, out: CDKTF_OUTDIR });
    // The CLI removes those of stacks that are gone itself, and fails where one is not there any more (cdktf-cli 0.21.0,
    // @cdktf/cli-core src/lib/synth-stack.ts).
    for (const stack of stacks) fs.mkdirSync(stack, { recursive: true });
  } catch (error) {
    reportAndExit(error);
  }
}

function foldersOf(folder: string): readonly string[] {
  if (!fs.existsSync(folder)) return [];
  const entries = fs.readdirSync(folder, { withFileTypes: true });
  return entries.filter((each) => each.isDirectory()).map(({ name }) => path.join(folder, name));
}
