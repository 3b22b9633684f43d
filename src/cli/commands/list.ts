import type { Command } from "commander";
import { stacksOf } from "../../stacks/stack-order";
import { stackId } from "../../stacks/state-location";
import { checkedFleet } from "../fleet-options";
import { print, printJson, table } from "../terminal";

export function list(options: { json?: boolean }, command: Command): void {
  const rows = checkedFleet(command).targets.map((target) => ({
    target: target.name,
    workspace: target.workspace,
    production: target.production,
    release: target.release.name,
    kubernetes: target.release.kubernetes.version,
    cni: target.config.cni.kind,
    zones: target.config.network.zones.length,
    stacks: stacksOf(target).map((name) => stackId(target, name)),
  }));
  if (options.json) return printJson(rows);
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
