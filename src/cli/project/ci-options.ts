import path from "node:path";
import type { CiOptions } from "../../ci/job";
import { type CiSystem, ciFiles } from "../../ci/system-names";
import { UsageError } from "../report-error";
import { isStandardOutput } from "../write-whole";

/** What `npx octarine ci` takes. */
export interface CiCommandOptions {
  readonly out?: string;
  readonly check?: string;
  readonly branch?: string;
  readonly shards?: number;
  readonly committed?: boolean;
  readonly deploy?: boolean;
}

export function ciOptions(system: CiSystem, given: CiCommandOptions, envs: string): CiOptions {
  const { branch = "main", shards = 1, committed = false, deploy = true, out, check } = given;
  const file = check ?? (out === undefined || isStandardOutput(out) ? ciFiles[system] : out);
  return {
    envs,
    file: relativeFile(file),
    command: [
      `npx octarine ci ${system}`,
      ...(branch === "main" ? [] : [`--branch ${branch}`]),
      ...(shards === 1 ? [] : [`--shards ${shards}`]),
      ...(committed ? ["--committed"] : []),
      ...(deploy ? [] : ["--no-deploy"]),
    ].join(" "),
    branch,
    shards,
    committed,
    deploys: deploy,
  };
}

/** The folder as jobs in a checkout see it; no path of this machine gets into the file. */
export function relativeEnvs(dir: string): string {
  const relative = fromHere(dir);
  if (relative === undefined)
    throw new UsageError(`--envs ${dir} is outside this folder; run this in the root of the repository`);
  return relative;
}

/** One that is written elsewhere is for somebody to look at; where it will be, its check looks. */
function relativeFile(file: string): string {
  return fromHere(file) ?? path.basename(file);
}

function fromHere(file: string): string | undefined {
  const relative = path.relative(process.cwd(), file);
  if (relative.startsWith("..") || path.isAbsolute(relative)) return undefined;
  return relative.split(path.sep).join("/");
}
