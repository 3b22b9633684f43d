import type { ChartPin } from "../../releases/release";
import { indexEntries } from "./chart-index";
import type { HttpGet } from "./http";
import { askRegistry, chartLayerDigest, chartManifestUrl, OCI_MANIFEST } from "./oci-registry";
import { type Answer, compareDigest, contradicted, unreachable } from "./pin-check";

/** Asks the chart's repository for its pinned version. */
export async function checkChart(chart: ChartPin, get: HttpGet): Promise<Answer> {
  return chart.repository.startsWith("oci://") ? checkOciChart(chart, get) : checkIndexedChart(chart, get);
}

async function checkIndexedChart(
  { repository, name, version, digest }: ChartPin,
  get: HttpGet,
): Promise<Answer> {
  const url = `${repository.replace(/\/$/, "")}/index.yaml`;
  const answer = await get(url);
  if ("failure" in answer) return unreachable(`${url}: ${answer.failure}`);
  if (!answer.response.ok) return unreachable(`${url}: HTTP ${answer.response.status}`);
  const entries = indexEntries(await answer.response.text(), name);
  const found = entries.find((each) => each.version === version);
  if (found === undefined) return contradicted(`${url} does not list ${name} ${version}`);
  return compareDigest(found.digest, digest, url);
}

async function checkOciChart({ repository, name, version, digest }: ChartPin, get: HttpGet): Promise<Answer> {
  const url = chartManifestUrl(repository, name, version);
  const answer = await askRegistry(url, OCI_MANIFEST, get);
  if ("failure" in answer) return unreachable(answer.failure);
  const { response } = answer;
  if (response.status === 404) return contradicted(`${url}: no such version`);
  if (!response.ok) return unreachable(`${url}: HTTP ${response.status}`);
  return compareDigest(chartLayerDigest(await response.text()), digest, url);
}
