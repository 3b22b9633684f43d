import type { Command } from "commander";
import { selectTarget } from "../../fleet/select-targets";
import { hopsOf } from "../../upgrade/hops";
import { checkedFleet } from "../checked-fleet";
import { releaseName } from "../release-name";
import { UsageError } from "../report-error";
import { print, printJson, say } from "../terminal";
import type { ApplyOptions } from "../upgrade/apply-upgrade";
import { writeHop } from "../upgrade/write-hop";
import { listed } from "../../text/listed";
import { upgradeText } from "../upgrade-text";

interface UpgradeOptions extends ApplyOptions {
  readonly to: string;
  readonly json?: boolean;
  readonly write?: boolean;
  readonly apply?: boolean;
}

export async function upgrade(name: string, options: UpgradeOptions, command: Command): Promise<void> {
  const to = releaseName(options.to);
  // Loaded for this alone: to show an upgrade takes neither Terraform nor a cluster.
  if (options.apply === true)
    return await (await import("../upgrade/apply-upgrade")).applyUpgrade(name, to, options, command);
  refuseIdle(command);
  const target = selectTarget(checkedFleet(command), name);
  const hops = hopsOf(target, to);
  if (options.json) return printJson("upgrade", { target: target.name, from: target.release.name, to, hops });
  const [next] = hops;
  if (options.write !== true || next === undefined) return print(upgradeText(target, to, hops));
  writeHop(command, target, next, to);
  say(
    `that is hop 1 of ${hops.length}; deploy it and look at the cluster before the next one: npx octarine deploy ${target.name}, npx octarine verify ${target.name}`,
  );
}

/** @throws UsageError for an option that says how something is carried out, where nothing is */
function refuseIdle(command: Command): void {
  const idle = command.options.filter(
    (option) =>
      command.getOptionValueSource(option.attributeName()) === "cli" &&
      !["to", "json", "write"].includes(option.attributeName()),
  );
  if (idle.length === 0) return;
  throw new UsageError(
    `${listed(idle.map(({ long, short }) => long ?? short ?? ""))} ${idle.length === 1 ? "has" : "have"} no effect without --apply; add it, or remove ${idle.length === 1 ? "the option" : "them"}`,
  );
}
