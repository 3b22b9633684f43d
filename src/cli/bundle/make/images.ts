import fs from "node:fs";
import path from "node:path";
import type { NeededImage } from "../needed";
import { tellProgress } from "../../progress";
import type { HttpGet } from "../../refresh/http";
import { imageDigest } from "../../refresh/image-digest";
import { copyScript, type CopyTool } from "../../render/copy-images";
import { imageReference } from "../../render/image-reference";
import type { BundleFolder } from "./bundle-folder";

/** An image, and what its tag named on the day of the bundle. */
export interface BundledImage extends NeededImage {
  readonly digest?: string;
}

export interface BroughtImages {
  readonly images: readonly BundledImage[];
  /** Why digests are not known: a line for each registry. */
  readonly undigested: readonly string[];
  /** Files with commands, relative to the bundle. */
  readonly scripts: readonly string[];
  /** Images that no command is written for, and why. */
  readonly leftOut: readonly string[];
}

export interface ImageRequest {
  readonly images: readonly NeededImage[];
  readonly mirrors: readonly string[];
  readonly tool: CopyTool;
  /** Releases whose images are not known. */
  readonly unknown: readonly string[];
  readonly get: HttpGet;
}

/** Writes the list of images, and a script for each mirror that copies them there by their digests. */
export async function bringImages(folder: BundleFolder, request: ImageRequest): Promise<BroughtImages> {
  const { images, undigested } = await withDigests(request.images, request.get);
  write(folder, "images/images.json", `${JSON.stringify(images, null, 2)}\n`);
  const made = request.mirrors.map((mirror) => scriptFor(mirror, images, request));
  for (const { file, script } of made) write(folder, file, script);
  return {
    images,
    undigested,
    scripts: made.map(({ file }) => file),
    leftOut: made.flatMap(({ leftOut }) => leftOut.map(({ image, why }) => `${image} ${why}`)),
  };
}

function scriptFor(mirror: string, images: readonly BundledImage[], { tool, unknown }: ImageRequest) {
  const wanted = images
    .filter((each) => each.mirror?.startsWith(`${mirror}/`))
    .map(({ source, digest, mirror: name = "" }) => ({
      source: digest === undefined || source.includes("@") ? source : `${source}@${digest}`,
      mirror: name,
      mirrored: true,
    }));
  const { script, leftOut } = copyScript("the bundle", wanted, mirror, tool, unknown);
  return { file: `images/copy-to-${mirror.replaceAll(/[^\w.-]/g, "_")}.sh`, script: `${script}\n`, leftOut };
}

function write(folder: BundleFolder, file: string, text: string): void {
  const staged = path.join(folder.stage(), "file");
  fs.writeFileSync(staged, text);
  folder.take(staged, file);
}

async function withDigests(images: readonly NeededImage[], get: HttpGet) {
  const failures = new Map<string, string>();
  const all: BundledImage[] = [];
  for (const [index, image] of images.entries()) {
    tellProgress(`digest of ${image.source} (${index + 1} of ${images.length})`);
    const host = imageReference(image.source)?.host ?? image.source;
    // Who does not answer once is not asked sixty times.
    const found = failures.has(host) ? undefined : await imageDigest(image.source, get);
    if (found !== undefined && "digest" in found) all.push({ ...image, digest: found.digest });
    else {
      if (found !== undefined) failures.set(host, found.failure);
      all.push(image);
    }
  }
  return { images: all, undigested: [...failures.values()] };
}
