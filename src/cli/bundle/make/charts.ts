import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { sha256Of } from "../../../bundle/files";
import type { BundledChart } from "../../../bundle/manifest";
import { chartName } from "../../../bundle/needs";
import type { ChartNeed } from "../../../bundle/stack-needs";
import { tellProgress } from "../../progress";
import { chartIn } from "../../render/charts-folder";
import type { HttpGet } from "../../refresh/http";
import { CommandFailure } from "../../report-error";
import type { BundleFolder } from "./bundle-folder";
import { fetchChart } from "./fetch-chart";

export type WantedChart = ChartNeed & { readonly digest?: string };

/**
 * Brings charts into the bundle: from a folder of charts, where one is given, or from their repositories.
 *
 * @throws CommandFailure where one can't be had, or is another archive than the one that the release records
 */
export async function bringCharts(
  folder: BundleFolder,
  wanted: readonly WantedChart[],
  charts: string | undefined,
  get: HttpGet,
): Promise<void> {
  refuseTwins(wanted);
  const brought: BundledChart[] = [];
  for (const [index, chart] of wanted.entries()) {
    tellProgress(`chart ${chart.name} ${chart.version} (${index + 1} of ${wanted.length})`);
    const { repository, name, version } = chart;
    brought.push({ repository, name, version, file: await bringChart(folder, chart, charts, get) });
    folder.tell({ charts: brought });
  }
}

async function bringChart(
  folder: BundleFolder,
  chart: WantedChart,
  charts: string | undefined,
  get: HttpGet,
): Promise<string> {
  const base = `charts/${chart.name}-${chart.version}`;
  const prior = folder.prior?.charts.find((each) => chartName(each) === chartName(chart));
  if (
    prior !== undefined &&
    folder.has(prior.file) &&
    isRecorded(chart, path.join(folder.root, prior.file))
  ) {
    folder.keep(prior.file);
    return prior.file;
  }
  const staged = path.join(folder.stage(), "chart");
  if (charts !== undefined) {
    const found = chartIn(charts, chart.name, chart.version);
    if ("problem" in found) throw new CommandFailure(found.problem);
    const isFolder = fs.statSync(found.path).isDirectory();
    if (!isFolder) refuseOther(chart, fs.readFileSync(found.path), found.path);
    fs.cpSync(found.path, staged, { recursive: true, dereference: true });
    folder.take(staged, isFolder ? base : `${base}.tgz`);
    return isFolder ? base : `${base}.tgz`;
  }
  const { archive, from } = await fetchChart(chart, get);
  refuseOther(chart, archive, from);
  fs.writeFileSync(staged, archive);
  folder.take(staged, `${base}.tgz`);
  return `${base}.tgz`;
}

/** Whether what an earlier run brought is what the release records now; a folder has no digest. */
function isRecorded({ digest }: WantedChart, file: string): boolean {
  return digest === undefined || fs.statSync(file).isDirectory() || digest === `sha256:${sha256Of(file)}`;
}

/** @throws CommandFailure */
function refuseOther({ name, version, digest }: WantedChart, archive: Buffer, from: string): void {
  const found = `sha256:${createHash("sha256").update(archive).digest("hex")}`;
  if (digest === undefined || digest === found) return;
  throw new CommandFailure(
    `${from} has the digest ${found}, and the release records ${digest} of ${name} ${version}: it is another archive`,
  );
}

/** Archives are named by chart and version. */
function refuseTwins(wanted: readonly WantedChart[]): void {
  const seen = new Map<string, string>();
  for (const { repository, name, version } of wanted) {
    const other = seen.get(`${name} ${version}`);
    if (other !== undefined)
      throw new CommandFailure(
        `${name} ${version} is wanted from ${other} and from ${repository}, and a bundle holds one of them; make a bundle for each target`,
      );
    seen.set(`${name} ${version}`, repository);
  }
}
