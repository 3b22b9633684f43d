import { imageReference } from "../render/image-reference";
import type { HttpGet } from "./http";
import { askRegistry, registryUrl } from "./oci-registry";

/** Of all platforms together, or of one where there is no index. */
const MANIFESTS = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");

/** docker.io is a name; its registry is another host (distribution/reference, docker's client). */
const HOSTS: Readonly<Record<string, string>> = { "docker.io": "registry-1.docker.io" };

/** What a registry says that a tag names today, or why it says nothing. */
export type ImageDigest = { readonly digest: string } | { readonly failure: string };

/** @param image with its registry: `quay.io/cilium/cilium:v1.19.6`; a digest that it names is taken for its word */
export async function imageDigest(image: string, get: HttpGet): Promise<ImageDigest> {
  const reference = imageReference(image);
  if (reference === undefined)
    return { failure: `${image} is not an image reference that a registry accepts` };
  if (reference.digest !== undefined) return { digest: reference.digest };
  const host = HOSTS[reference.host] ?? reference.host;
  const url = `${registryUrl(host, reference.repository)}/manifests/${reference.tag ?? "latest"}`;
  const answer = await askRegistry(url, MANIFESTS, get);
  if ("failure" in answer) return answer;
  if (!answer.response.ok) return { failure: `${url}: HTTP ${answer.response.status}` };
  const digest = answer.response.headers.get("docker-content-digest") ?? "";
  return /^sha256:[0-9a-f]{64}$/.test(digest) ? { digest } : { failure: `${url}: no digest` };
}
