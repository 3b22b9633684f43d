import { poolsOf } from "../../model/karpenter-pools";
import { counted } from "../../text/counted";
import fs from "node:fs";
import path from "node:path";
import type { Command } from "commander";
import { listedPricesFile } from "../../config/read/listed-prices";
import { poolInstanceTypes } from "../../model/pool-instance-types";
import { selectTargets } from "../../fleet/select-targets";
import type { Target } from "../../model/target";
import { offers, pricesIn } from "../../cost/price-list";
import type { ListedPrices } from "../../cost/price-list";
import { priceNames } from "../../cost/price-names";
import { gravitonOf } from "../../cost/scenarios";
import { checkedFleet } from "../checked-fleet";
import { envsDir } from "../fleet-options";
import { httpGet } from "../refresh/http";
import { type RegionRefresh, refreshRegion, withRefreshed } from "../refresh/refresh-prices";
import { CommandFailure, UsageError } from "../report-error";
import { print, say } from "../terminal";
import { isStandardOutput, shownFile, writeWhole } from "../write-whole";

interface RefreshOptions {
  readonly out?: string;
  readonly url: string;
  readonly timeout: number;
}

export async function costRefresh(names: string[], options: RefreshOptions, command: Command): Promise<void> {
  const { targets } = selectTargets(checkedFleet(command), names);
  const out = options.out ?? listedPricesFile(envsDir(command));
  const read: RegionRefresh[] = [];
  for (const region of [...new Set(targets.map((target) => target.region))].sort()) {
    say(`${region}: reading the price list`);
    const types = typesOf(targets.filter((target) => target.region === region));
    read.push(await refreshRegion(region, types, { get: httpGet(options.timeout), base: options.url }));
  }
  // Where the list itself goes to standard output, nothing else does.
  const tell = isStandardOutput(out) ? say : print;
  read.forEach((each) => report(each, tell));
  const useful = read.filter(({ prices }) => Object.keys(prices).length > 0);
  if (useful.length === 0)
    throw new CommandFailure(`${options.url} gave no prices; nothing was written, and the known prices stay`);
  // A list that could not be read must not take away what an earlier run read.
  const known = knownIn(out);
  const kept = useful.map((each) =>
    each.failures.length === 0 ? each : { ...each, prices: { ...known[each.region], ...each.prices } },
  );
  writeWhole(out, `${JSON.stringify(withRefreshed(known, kept), null, 2)}\n`);
  const regions = counted(useful.length, "region");
  if (isStandardOutput(out)) tell(`wrote ${shownFile(out)}: ${regions}`);
  else tell(`wrote ${path.relative(process.cwd(), out)}: ${regions}; commit it`);
  if (read.some(({ failures }) => failures.length > 0)) process.exitCode = 3;
}

/** What the targets may run on, and the Graviton types that the scenarios compare them with. */
function typesOf(targets: readonly Target[]): ReadonlySet<string> {
  const types = targets.flatMap(({ config }) => [
    ...Object.values(config.nodes).flatMap(({ instanceTypes }) => instanceTypes),
    ...Object.values(poolsOf(config)).flatMap(poolInstanceTypes),
  ]);
  return new Set([...types, ...types.flatMap((type) => gravitonOf(type) ?? [])]);
}

function report(
  { region, prices, absent, ambiguous, failures }: RegionRefresh,
  tell: (text: string) => void,
): void {
  tell(`${region}: ${counted(Object.keys(prices).length, "price")}`);
  if (absent.length > 0) tell(`  not in the list: ${absent.join(", ")}`);
  if (ambiguous.length > 0) tell(`  listed with several prices, so left out: ${ambiguous.join(", ")}`);
  const read = offers.flatMap(pricesIn);
  tell(`  not looked for: ${priceNames.filter((name) => !read.includes(name)).join(", ")}`);
  for (const failure of failures) tell(`  can't be reached: ${failure}`);
}

function knownIn(file: string): ListedPrices {
  if (isStandardOutput(file) || !fs.existsSync(file)) return {};
  try {
    return JSON.parse(fs.readFileSync(file, "utf8")) as ListedPrices;
  } catch {
    throw new UsageError(`${file} is not JSON; name another file with --out, or remove it`);
  }
}
