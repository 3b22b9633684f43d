import { isFields } from "../fields";
import { type ImageNames, imageNames, imagesIn } from "./images-in";
import { isObject, type KubernetesObject } from "./manifests";
import type { RenderedRelease } from "./render-releases";

/** An image and the releases that name it. */
export interface TargetImage extends ImageNames {
  readonly releases: readonly string[];
}

export interface TargetImages {
  readonly images: readonly TargetImage[];
  /** Releases whose images are not known, and why. */
  readonly unknown: readonly { readonly release: string; readonly why: string }[];
}

/** Every image of rendered releases. */
export function targetImages(rendered: readonly RenderedRelease[], mirror: string | undefined): TargetImages {
  const users = new Map<string, { readonly names: ImageNames; readonly releases: Set<string> }>();
  const unknown: { release: string; why: string }[] = [];
  for (const each of rendered) {
    const { release, result } = each;
    const objects = "problem" in result ? ownObjects(each) : result.objects;
    if (objects === undefined) {
      unknown.push({ release: release.name, why: "problem" in result ? result.problem : "" });
      continue;
    }
    for (const image of imagesIn(objects)) {
      const names = imageNames(image, mirror);
      const key = `${names.source} ${names.mirrored}`;
      const known = users.get(key) ?? { names, releases: new Set() };
      users.set(key, { ...known, releases: known.releases.add(release.name) });
    }
  }
  const images = [...users.values()]
    .map(({ names, releases }) => ({ ...names, releases: [...releases].sort() }))
    .sort((a, b) => (a.source < b.source ? -1 : 1));
  return { images, unknown };
}

/** Objects of a release that prints its values (charts/manifests): known without Helm. */
function ownObjects({ release }: RenderedRelease): KubernetesObject[] | undefined {
  if (release.chart.kind !== "local") return undefined;
  return release.values.flatMap((text) => {
    const values: unknown = JSON.parse(text);
    if (!isFields(values) || !isFields(values.manifests)) return [];
    return Object.values(values.manifests).filter(isObject);
  });
}
