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
    SOURCE_DATE_EPOCH,
  } = process.env;
  try {
    refuseInsideEnvs(CDKTF_OUTDIR, OCTARINE_ENVS);
    if (project === undefined) await loadProject(process.cwd());
    else useProject(project);
    const targets = OCTARINE_TARGETS.split(",").filter(Boolean);
    const request = { envs: OCTARINE_ENVS, targets, ...asOfDay(undefined, SOURCE_DATE_EPOCH) };
    await synthOnce({ request, out: CDKTF_OUTDIR });
  } catch (error) {
    reportAndExit(error);
  }
}
