import { WORKLOADS_FOLDER } from "../config/read/workload-files";
import { UsageError } from "./report-error";

/** Why an environment can't have a name that somebody gives it; undefined where it can. */
export function environmentNameProblem(name: string): string | undefined {
  if (!/^[a-z][a-z0-9-]{0,19}$/.test(name))
    return "must be small letters, digits and -, a letter first, at most 20";
  if (name === WORKLOADS_FOLDER) return "is the folder of services of all environments; choose another name";
  return undefined;
}

/** @throws UsageError for a name that no environment can have, with what it was given by */
export function refuseEnvironmentName(name: string, where: string): void {
  const problem = environmentNameProblem(name);
  if (problem !== undefined) throw new UsageError(`${where}${name}: ${problem}`);
}
