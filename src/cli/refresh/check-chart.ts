import type { ChartPin } from "../../releases/release";
import { indexEntries } from "./chart-index";
import type { HttpGet } from "./http";
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

const MANIFEST = "application/vnd.oci.image.manifest.v1+json";
const CHART_LAYER = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";

async function checkOciChart({ repository, name, version, digest }: ChartPin, get: HttpGet): Promise<Answer> {
  const [host = "", ...path] = repository.slice("oci://".length).split("/");
  const url = `${schemeOf(host)}://${host}/v2/${[...path, name].join("/")}/manifests/${version.replace("+", "_")}`;
  let answer = await get(url, { accept: MANIFEST });
  if ("response" in answer && answer.response.status === 401) {
    const token = await anonymousToken(answer.response.headers.get("www-authenticate") ?? "", get);
    if (token === undefined) return unreachable(`${url}: no anonymous token`);
    answer = await get(url, { accept: MANIFEST, authorization: `Bearer ${token}` });
  }
  if ("failure" in answer) return unreachable(`${url}: ${answer.failure}`);
  const { response } = answer;
  if (response.status === 404) return contradicted(`${url}: no such version`);
  if (!response.ok) return unreachable(`${url}: HTTP ${response.status}`);
  return compareDigest(chartLayerDigest(await response.text()), digest, url);
}

/** As container tools do: a registry on this machine needs no TLS. */
function schemeOf(host: string): string {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:|$)/.test(host) ? "http" : "https";
}

/** Registries hand everybody a token for public charts (Docker registry v2 token authentication). */
async function anonymousToken(challenge: string, get: HttpGet): Promise<string | undefined> {
  const part = (key: string) => new RegExp(`${key}="([^"]*)"`).exec(challenge)?.[1];
  const realm = part("realm");
  if (realm === undefined || !URL.canParse(realm)) return undefined;
  const url = new URL(realm);
  for (const key of ["service", "scope"]) {
    const value = part(key);
    if (value !== undefined) url.searchParams.set(key, value);
  }
  const answer = await get(url.href);
  if ("failure" in answer || !answer.response.ok) return undefined;
  const body = json(await answer.response.text());
  if (typeof body !== "object" || body === null || !("token" in body)) return undefined;
  return typeof body.token === "string" ? body.token : undefined;
}

function chartLayerDigest(manifest: string): string | undefined {
  const body = json(manifest);
  if (typeof body !== "object" || body === null || !("layers" in body) || !Array.isArray(body.layers))
    return undefined;
  const layers: unknown[] = body.layers;
  return layers.flatMap((layer) =>
    typeof layer === "object" &&
    layer !== null &&
    "mediaType" in layer &&
    layer.mediaType === CHART_LAYER &&
    "digest" in layer &&
    typeof layer.digest === "string"
      ? [layer.digest]
      : [],
  )[0];
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
