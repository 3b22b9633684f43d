import type { Command } from "commander";
import path from "node:path";
import { sha256Of } from "../../bundle/files";
import { MANIFEST } from "../../bundle/manifest";
import { platformName } from "../../bundle/platform";
import { selectTargets } from "../../fleet/select-targets";
import { counted } from "../../text/counted";
import { makeBundle, type MadeBundle } from "../bundle/make/make-bundle";
import { type Needed, neededBy, withSynthesized } from "../bundle/needed";
import { neededSummary, neededText, notTold } from "../bundle/needed-text";
import { readTarget } from "../bundle/read-target";
import { checkedFleet } from "../checked-fleet";
import { envsDir } from "../fleet-options";
import { refuseNoFolder } from "../named-path";
import { refuseInsideEnvs } from "../out-of-envs";
import { httpGet } from "../refresh/http";
import { byReason } from "../render/by-reason";
import type { CopyTool } from "../render/copy-images";
import { UsageError } from "../report-error";
import { print, printJson, say, warn } from "../terminal";

interface BundleOptions {
  readonly list?: boolean;
  readonly out?: string;
  readonly platform?: readonly string[];
  readonly charts?: string;
  readonly providers?: string;
  readonly copy: CopyTool;
  readonly json?: boolean;
}

/** Of one download: charts have a megabyte at most. */
const HTTP_TIMEOUT_SECONDS = 60;

export async function bundle(
  names: readonly string[],
  options: BundleOptions,
  command: Command,
): Promise<void> {
  const { out, charts } = options;
  if (out === undefined && options.providers !== undefined)
    throw new UsageError("--providers is for a download; name a folder for it with --out");
  if (out !== undefined) refuseInsideEnvs(out, envsDir(command));
  refuseNoFolder("--charts", charts);
  refuseNoFolder("--providers", options.providers);
  const { targets } = selectTargets(checkedFleet(command), names);
  const platforms = options.platform ?? [platformName(process.platform, process.arch)];
  await withSynthesized(targets, async (dir, idsOf) => {
    const needed = (from?: string) =>
      neededBy(targets, platforms, (target) => readTarget(dir, target, idsOf(target), from));
    if (out === undefined) return tellList(needed(charts), options);
    const mirrors = targets.flatMap(({ config }) => config.images?.mirror ?? []);
    const made = await makeBundle(out, {
      needed: needed(),
      stacks: targets
        .flatMap((target) => readTarget(dir, target, idsOf(target)).stacks)
        .map((each) => each.needs),
      sources: options,
      tool: options.copy,
      mirrors: [...new Set(mirrors)].sort(),
      withCharts: needed,
      get: httpGet(HTTP_TIMEOUT_SECONDS),
    });
    tellBundle(out, made, options.json === true);
  });
}

function tellList(needed: Needed, { charts, json }: BundleOptions): void {
  // Without charts nobody asked for them.
  if (charts !== undefined && needed.unknown.length > 0) process.exitCode = 1;
  if (json) return printJson("bundle_list", needed);
  print(neededText(needed));
  tellUnknown(needed.unknown);
  notTold(needed).forEach(warn);
  print(neededSummary(needed));
}

function tellBundle(out: string, made: MadeBundle, json: boolean): void {
  const { manifest, images, scripts, unknown, undigested, leftOut } = made;
  if (unknown.length + leftOut.length > 0) process.exitCode = 1;
  const sha256 = sha256Of(path.join(out, MANIFEST));
  tellUnknown(unknown);
  leftOut.forEach((line) => say(`left out: ${line}`));
  undigested.forEach((why) => warn(`digests are not known: ${why}`));
  const { files: _files, ...contents } = manifest;
  if (json)
    return printJson("bundle", { ...contents, sha256, images, scripts, unknown, undigested, leftOut });
  scripts.forEach((file) => print(`${path.join(out, file)} copies the images`));
  const counts = [
    counted(manifest.providers.length, "provider"),
    counted(
      new Set(manifest.modules.flatMap(({ records }) => records.map((each) => each.package))).size,
      "module",
    ),
    counted(manifest.charts.length, "chart"),
    counted(images.length, "image"),
  ];
  print(`${out}: ${counts.join(", ")} of ${counted(manifest.targets.length, "target")}`);
  print(`sha256 of ${path.join(out, MANIFEST)}: ${sha256}`);
}

function tellUnknown(unknown: Needed["unknown"]): void {
  byReason(unknown.map(({ release, why }) => [release, why])).forEach((line) => say(`unknown: ${line}`));
}
