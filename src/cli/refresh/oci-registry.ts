import type { HttpGet } from "./http";

/** A repository in a registry: `https://host/v2/path`. */
export function registryUrl(host: string, repository: string): string {
  return `${schemeOf(host)}://${host}/v2/${repository}`;
}

/** As container tools do: a registry on this machine needs no TLS. */
function schemeOf(host: string): string {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:|$)/.test(host) ? "http" : "https";
}

/** What a registry answers to everybody, or why it does not. */
export type RegistryAnswer = { readonly response: Response } | { readonly failure: string };

/** Asks a registry; where it wants a token, with the one that it hands to everybody. */
export async function askRegistry(url: string, accept: string, get: HttpGet): Promise<RegistryAnswer> {
  const answer = await get(url, { accept });
  if ("failure" in answer) return { failure: `${url}: ${answer.failure}` };
  if (answer.response.status !== 401) return answer;
  const token = await anonymousToken(answer.response.headers.get("www-authenticate") ?? "", get);
  if (token === undefined) return { failure: `${url}: no anonymous token` };
  const again = await get(url, { accept, authorization: `Bearer ${token}` });
  return "failure" in again ? { failure: `${url}: ${again.failure}` } : again;
}

/** Registries hand everybody a token for public content (Docker registry v2 token authentication). */
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

export const OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
const CHART_LAYER = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";

/** Digest of the archive in the manifest of a chart. */
export function chartLayerDigest(manifest: string): string | undefined {
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

/** Where the manifest of a chart's version is. A tag can't hold a plus sign, which Helm writes as an underscore. */
export function chartManifestUrl(repository: string, name: string, version: string): string {
  return `${chartRepositoryUrl(repository, name)}/manifests/${version.replace("+", "_")}`;
}

export function chartRepositoryUrl(repository: string, name: string): string {
  const [host = "", ...path] = repository.slice("oci://".length).split("/");
  return registryUrl(host, [...path, name].join("/"));
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
