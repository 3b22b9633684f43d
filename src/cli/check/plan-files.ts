import fs from "node:fs";
import path from "node:path";
import type { Target } from "../../model/target";
import { parsePlan, type PlanDocument } from "../../terraform-plan/plan-document";
import type { StackPlan } from "../../synth/guard-targets";
import { UsageError } from "../report-error";

/** Larger than any plan that Terraform makes of a platform; JSON.parse takes several times its size in memory. */
const LARGEST_MIB = 256;

/**
 * Plans by the target they are of. A plan does not say which stack it is of, so its file or its folder is named after
 * the stack: `prod-us-east-1-network.json` or `prod-us-east-1-network/plan.json`.
 *
 * @throws UsageError for a file that can't be read or told
 * @throws PlanError for one that is not a plan
 */
export function readPlanFiles(
  files: readonly string[],
  targets: readonly Target[],
): Map<Target, StackPlan[]> {
  const plans = new Map<Target, StackPlan[]>();
  for (const file of files) {
    refuseNoFile(file);
    const absolute = path.resolve(file);
    const names = [
      path.basename(absolute).replace(/(\.plan)?\.json$/, ""),
      path.basename(path.dirname(absolute)),
    ];
    const owner = targets
      .flatMap((target) =>
        names.filter((name) => name.startsWith(`${target.workspace}-`)).map((stack) => ({ target, stack })),
      )
      .at(0);
    // With one target there is no doubt whose it is.
    const [only] = targets.length === 1 ? targets : [];
    const target = owner?.target ?? only;
    if (target === undefined)
      throw new UsageError(
        `${file} doesn't say which stack it belongs to; name it <stack>.json, such as ${targets[0]?.workspace ?? "prod-us-east-1"}-network.json`,
      );
    plans.set(target, [
      ...(plans.get(target) ?? []),
      { stack: owner?.stack ?? names[0] ?? file, plan: parse(file) },
    ]);
  }
  return plans;
}

function refuseNoFile(file: string): void {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  if (stat === undefined || !stat.isFile())
    throw new UsageError(`${file} is not a file; write it with: terraform show -json <plan file>`);
}

function parse(file: string): PlanDocument {
  const stat = fs.statSync(file);
  if (stat.size > LARGEST_MIB * 1024 * 1024)
    throw new UsageError(
      `${file} is ${Math.round(stat.size / 1024 / 1024)} MiB; at most ${LARGEST_MIB} MiB can be read`,
    );
  return parsePlan(fs.readFileSync(file, "utf8"), file);
}
