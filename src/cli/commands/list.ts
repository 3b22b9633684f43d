import { table } from "../../text/columns";
import type { Command } from "commander";
import { stackId } from "../../model/stacks/state-location";
import { selectTargets } from "../../fleet/select-targets";
import { checkedFleet } from "../checked-fleet";
import { envsDir, loadOptions } from "../fleet-options";
import { UsageError } from "../report-error";
import { print, printJson } from "../terminal";

interface ListOptions {
  readonly json?: boolean;
  readonly left?: boolean;
}

export async function list(names: string[], options: ListOptions, command: Command): Promise<void> {
  const fleet = checkedFleet(command);
  const { targets } = selectTargets(fleet, names);
  if (options.left) {
    if (options.json) throw new UsageError("--left has no JSON form; leave --json out");
    // What runs Terraform is not loaded for a mere list.
    const { listLeft } = await import("./list-left");
    return await listLeft(fleet, targets, envsDir(command), loadOptions(command));
  }
  const rows = targets.map((target) => ({
    target: target.name,
    workspace: target.workspace,
    production: target.production,
    release: target.release.name,
    kubernetes: target.release.kubernetes.version,
    cni: target.config.cni.kind,
    zones: target.config.network.zones.length,
    stacks: target.stacks.map((name) => stackId(target, name)),
  }));
  if (options.json) return printJson("list", rows);
  const header = ["TARGET", "WORKSPACE", "RELEASE", "KUBERNETES", "CNI", "ZONES", "STACKS"];
  const cells = rows.map((row) => [
    row.target,
    row.workspace,
    row.release,
    row.kubernetes,
    row.cni,
    String(row.zones),
    String(row.stacks.length),
  ]);
  print(table([header, ...cells]));
}
