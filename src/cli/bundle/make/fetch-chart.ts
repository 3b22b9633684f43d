import { createHash } from "node:crypto";
import { chartName } from "../../../bundle/needs";
import type { ChartNeed } from "../../../bundle/stack-needs";
import { indexEntries } from "../../refresh/chart-index";
import type { HttpGet } from "../../refresh/http";
import {
  askRegistry,
  chartLayerDigest,
  chartManifestUrl,
  chartRepositoryUrl,
  OCI_MANIFEST,
} from "../../refresh/oci-registry";
import { CommandFailure } from "../../report-error";

export interface FetchedChart {
  readonly archive: Buffer;
  readonly from: string;
}

/**
 * Downloads a chart's archive, and compares it with the digest that its repository gives.
 *
 * @throws CommandFailure
 */
export async function fetchChart(chart: ChartNeed, get: HttpGet): Promise<FetchedChart> {
  const { url, digest, ask } = chart.repository.startsWith("oci://")
    ? await inRegistry(chart, get)
    : await inIndex(chart, get);
  const archive = Buffer.from(await (await answered(chart, url, ask(url))).arrayBuffer());
  const found = `sha256:${createHash("sha256").update(archive).digest("hex")}`;
  if (digest !== undefined && digest !== found)
    throw new CommandFailure(
      `${url} has the digest ${found}, and its repository says ${digest}; nothing of it was kept`,
    );
  return { archive, from: url };
}

interface Place {
  readonly url: string;
  readonly digest: string | undefined;
  readonly ask: (url: string) => ReturnType<HttpGet>;
}

async function inIndex(chart: ChartNeed, get: HttpGet): Promise<Place> {
  const index = `${chart.repository}/index.yaml`;
  const text = await (await answered(chart, index, get(index))).text();
  const entry = indexEntries(text, chart.name).find(({ version }) => version === chart.version);
  const [url] = entry?.urls ?? [];
  if (url === undefined) throw new CommandFailure(`${index} does not list ${chart.name} ${chart.version}`);
  // As Helm does: an address without a host is one in the repository.
  return { url: new URL(url, `${chart.repository}/`).href, digest: entry?.digest, ask: get };
}

async function inRegistry(chart: ChartNeed, get: HttpGet): Promise<Place> {
  const url = chartManifestUrl(chart.repository, chart.name, chart.version);
  const ask = (each: string, accept: string) => askRegistry(each, accept, get);
  const digest = chartLayerDigest(await (await answered(chart, url, ask(url, OCI_MANIFEST))).text());
  if (digest === undefined) throw new CommandFailure(`${url} is not the manifest of a chart`);
  const blob = `${chartRepositoryUrl(chart.repository, chart.name)}/blobs/${digest}`;
  return { url: blob, digest, ask: (each) => ask(each, "*/*") };
}

async function answered(chart: ChartNeed, url: string, asked: ReturnType<HttpGet>): Promise<Response> {
  const answer = await asked;
  const failure = "failure" in answer ? answer.failure : `HTTP ${answer.response.status}`;
  if ("response" in answer && answer.response.ok) return answer.response;
  throw new CommandFailure(
    `${chartName(chart)} can't be downloaded (${url}: ${failure.replace(`${url}: `, "")}); helm pull it where it can be reached, and give the folder with --charts`,
  );
}
