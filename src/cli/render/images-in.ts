import { isFields } from "../fields";
import type { KubernetesObject } from "./manifests";

/** host[:port]/path, with a tag or a digest: what an argument must look like to be taken for an image. */
const FULL_REFERENCE =
  /^(?:--?[\w.-]+=)?([a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?\/[a-z0-9._/-]+(?:(?::[\w.-]+)(?:@sha256:[0-9a-f]{64})?|@sha256:[0-9a-f]{64}))$/;

/** What Istio's gateways have in place of an image: the injector puts it in. */
const INJECTED = "auto";

/**
 * Images that objects name: every field `image` that is text, and whole references among the arguments and environment
 * of containers (controllers start pods of these). Of text in ConfigMaps only what Istio injects is read.
 */
export function imagesIn(objects: readonly KubernetesObject[]): string[] {
  const found = new Set<string>();
  const visit = (value: unknown, field: string): void => {
    if (Array.isArray(value)) return value.forEach((each) => visit(each, field));
    if (isFields(value)) return Object.entries(value).forEach(([name, below]) => visit(below, name));
    if (typeof value !== "string" || value === "") return;
    if (field === "image" && value !== INJECTED) found.add(value);
    const whole = ["args", "command", "value"].includes(field) ? FULL_REFERENCE.exec(value)?.[1] : undefined;
    if (whole !== undefined) found.add(whole);
  };
  objects
    .filter(({ kind }) => kind !== "CustomResourceDefinition" && kind !== "ConfigMap")
    .forEach((object) => visit(object, ""));
  objects.flatMap(injectedImage).forEach((image) => found.add(image));
  return [...found].sort();
}

/**
 * Image of sidecars, gateways and waypoints, which istiod puts into pods by the values in its ConfigMap (istio/istio
 * 1.30, pkg/kube/inject/inject.go, ProxyImage).
 */
function injectedImage({ kind, metadata, data }: KubernetesObject): string[] {
  if (kind !== "ConfigMap" || !isFields(metadata) || !isFields(data)) return [];
  if (!String(metadata.name).startsWith("istio-sidecar-injector") || typeof data.values !== "string")
    return [];
  const values: unknown = JSON.parse(data.values);
  if (!isFields(values) || !isFields(values.global)) return [];
  const { hub, tag, variant, proxy } = values.global;
  if (typeof hub !== "string" || (typeof tag !== "string" && typeof tag !== "number")) return [];
  const named = isFields(proxy) && typeof proxy.image === "string" ? proxy.image : "";
  const suffix = typeof variant === "string" && variant !== "" && variant !== "default" ? `-${variant}` : "";
  return [`${hub}/${named === "" ? "proxyv2" : named}:${tag}${suffix}`];
}

/** An image's own name and its name below the mirror. */
export interface ImageNames {
  /** With registry: `docker.io/library/busybox:1.37`. What lies in the mirror's registry by itself is its own source. */
  readonly source: string;
  /** Undefined: the target has no mirror. */
  readonly mirror?: string;
  /** The manifest names the mirror. False: it is pulled from its source. */
  readonly mirrored: boolean;
}

export function imageNames(image: string, mirror: string | undefined): ImageNames {
  const prefix = mirror === undefined ? undefined : `${mirror}/`;
  if (prefix !== undefined && image.startsWith(prefix)) {
    const copied = image.slice(prefix.length);
    return { source: hasRegistry(copied) ? copied : image, mirror: image, mirrored: true };
  }
  const source = withRegistry(image);
  return { source, ...(prefix !== undefined && { mirror: `${prefix}${source}` }), mirrored: false };
}

/** As container runtimes read it: without a registry an image is of docker.io, and a single name of its library. */
function withRegistry(image: string): string {
  if (hasRegistry(image)) return image;
  return image.includes("/") ? `docker.io/${image}` : `docker.io/library/${image}`;
}

function hasRegistry(image: string): boolean {
  const [first = "", ...rest] = image.split("/");
  return rest.length > 0 && (/[.:]/.test(first) || first === "localhost");
}
