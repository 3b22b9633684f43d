import { table } from "../../text/columns";
import { counted } from "../../text/counted";
import { nearestOf } from "../../text/nearest";
import type { Target } from "../../model/target";
import type { Command } from "commander";
import { adoptJsonSchema, layerJsonSchema, workloadJsonSchema } from "../../config/json-schema/editor-schema";
import { explain } from "../../fleet/explain";
import { readFleet } from "../../fleet/load-fleet";
import { resolvedTarget } from "../../fleet/resolved";
import { ConfigError, formatProblem } from "../../config/read/problem";
import { Reads, recordReads } from "../../reads/reads";
import { isPass, tellPass } from "../watch/pass";
import { selectTarget } from "../../fleet/select-targets";
import { fleetWarnings } from "../../fleet/warnings";
import { checkedFleet } from "../checked-fleet";
import { envsDir, loadOptions } from "../fleet-options";
import { resolvedText } from "../render-resolved";
import { UsageError } from "../report-error";
import { print, printJson, warn } from "../terminal";
import { writeWhole } from "../write-whole";

interface ValidateOptions {
  readonly json?: boolean;
  readonly watch?: boolean;
}

export async function validate(options: ValidateOptions, command: Command): Promise<void> {
  if (options.watch) {
    const { watch, watchedArgs } = await import("../watch/watch");
    return await watch(watchedArgs());
  }
  if (isPass()) return await validatePass(command);
  const day = loadOptions(command);
  const { fleet, problems } = readFleet(envsDir(command), day);
  if (options.json) {
    printJson("config_validate", problems);
    process.exitCode = problems.length > 0 ? 1 : 0;
    return;
  }
  if (problems.length > 0) throw new ConfigError(problems);
  fleetWarnings(fleet, day, fleet.targets, ["settings"]).forEach(warn);
  print(`${counted(fleet.targets.length, "target")}, no problem`);
}

/** The same as a pass of `--watch`. */
async function validatePass(command: Command): Promise<void> {
  const day = loadOptions(command);
  const reads = new Reads();
  await tellPass(reads, () =>
    recordReads(reads, () => {
      const { fleet, problems } = readFleet(envsDir(command), day);
      const warnings = problems.length > 0 ? [] : fleetWarnings(fleet, day, fleet.targets, ["settings"]);
      const summary = `${counted(fleet.targets.length, "target")}, no problem`;
      return { problems: problems.map(formatProblem), warnings, summary };
    }),
  );
}

export function explainTarget(
  name: string,
  path: string | undefined,
  options: { json?: boolean; resolved?: boolean },
  command: Command,
): void {
  if (options.resolved && path !== undefined) {
    throw new UsageError("--resolved shows the whole target; leave the path out");
  }
  const target = selectTarget(checkedFleet(command), name);
  if (options.resolved) {
    const resolved = resolvedTarget(target);
    return options.json ? printJson("config_explain_resolved", resolved) : print(resolvedText(resolved));
  }
  const values = explain(target, path);
  if (values.length === 0) throw new UsageError(unknownPath(target, path ?? ""));
  if (options.json) return printJson("config_explain", values);
  print(table(values.map(({ path: at, value, from }) => [at, value, from])));
}

function unknownPath(target: Target, path: string): string {
  // Somebody may mean any part of `nodes.main.size.min`.
  const known = explain(target).flatMap((each) => {
    const parts = each.path.split(".");
    return parts.map((_, index) => parts.slice(0, index + 1).join("."));
  });
  const near = nearestOf(path, [...new Set(known)]);
  const guess = near === undefined ? "" : ` did you mean ${near}? Or`;
  return `${path} is not a path of ${target.name};${guess} leave it out to see all`;
}

export function schema(options: { workload?: boolean; adopt?: boolean; out?: string }): void {
  const made = options.workload
    ? workloadJsonSchema()
    : options.adopt
      ? adoptJsonSchema()
      : layerJsonSchema();
  const text = JSON.stringify(made, null, 2);
  if (options.out === undefined) return print(text);
  writeWhole(options.out, `${text}\n`);
}
