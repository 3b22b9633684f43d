import { isFields } from "../fields";
import type { KubernetesObject } from "./manifests";

/** host[:port]/path, with a tag or a digest: what an argument must look like to be taken for an image. */
const FULL_REFERENCE =
  /^(?:--?[\w.-]+=)?([a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?\/[a-z0-9._/-]+(?:(?::[\w.-]+)(?:@sha256:[0-9a-f]{64})?|@sha256:[0-9a-f]{64}))$/;

/**
 * Images that objects name: every field `image` that is text, and whole references among the arguments and environment
 * of containers (controllers start pods of these). Text in ConfigMaps is not read.
 */
export function imagesIn(objects: readonly KubernetesObject[]): string[] {
  const found = new Set<string>();
  const visit = (value: unknown, field: string): void => {
    if (Array.isArray(value)) return value.forEach((each) => visit(each, field));
    if (isFields(value)) return Object.entries(value).forEach(([name, below]) => visit(below, name));
    if (typeof value !== "string" || value === "") return;
    if (field === "image") found.add(value);
    const whole = ["args", "command", "value"].includes(field) ? FULL_REFERENCE.exec(value)?.[1] : undefined;
    if (whole !== undefined) found.add(whole);
  };
  objects
    .filter(({ kind }) => kind !== "CustomResourceDefinition" && kind !== "ConfigMap")
    .forEach((object) => visit(object, ""));
  return [...found].sort();
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
