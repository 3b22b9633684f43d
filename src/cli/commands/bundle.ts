import type { Command } from "commander";
import { platformName } from "../../bundle/platform";
import { selectTargets } from "../../fleet/select-targets";
import { neededBy, withSynthesized } from "../bundle/needed";
import { neededSummary, neededText, notTold } from "../bundle/needed-text";
import { readTarget } from "../bundle/read-target";
import { checkedFleet } from "../checked-fleet";
import { byReason } from "../render/by-reason";
import { print, printJson, say, warn } from "../terminal";

interface BundleOptions {
  readonly list?: boolean;
  readonly platform?: readonly string[];
  readonly charts?: string;
  readonly json?: boolean;
}

export function bundle(names: readonly string[], options: BundleOptions, command: Command): void {
  const { targets } = selectTargets(checkedFleet(command), names);
  const platforms = options.platform ?? [platformName(process.platform, process.arch)];
  const needed = withSynthesized(targets, (out, idsOf) =>
    neededBy(targets, platforms, (target) => readTarget(out, target, idsOf(target), options.charts)),
  );
  // Without charts nobody asked for them.
  if (options.charts !== undefined && needed.unknown.length > 0) process.exitCode = 1;
  if (options.json) return printJson("bundle_list", needed);
  print(neededText(needed));
  byReason(needed.unknown.map(({ release, why }) => [release, why])).forEach((line) =>
    say(`unknown: ${line}`),
  );
  notTold(needed).forEach(warn);
  print(neededSummary(needed));
}
