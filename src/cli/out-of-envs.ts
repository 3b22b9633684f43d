import path from "node:path";
import { UsageError } from "./report-error";

/**
 * Refuses an output folder in the folder of targets: what lies there is read as environments and targets, so the next run would
 * stumble over what this one wrote. Hidden folders are not read.
 *
 * @throws UsageError
 */
export function refuseInsideEnvs(out: string, envs: string): void {
  const steps = path.relative(path.resolve(envs), path.resolve(out)).split(path.sep);
  if (path.isAbsolute(steps.join(path.sep)) || steps.some((step) => step.startsWith("."))) return;
  throw new UsageError(
    `the output folder ${out} lies in ${envs}, where folders are read as environments; name one outside of ${envs}`,
  );
}
