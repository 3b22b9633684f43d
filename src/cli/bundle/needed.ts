import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { chartName, type NeededModule, needsOf } from "../../bundle/needs";
import type { ChartNeed, ProviderNeed } from "../../bundle/stack-needs";
import type { Target } from "../../model/target";
import { synthesize } from "../../synth/synthesize";
import { progressOver } from "../progress";
import type { ReadTarget } from "./read-target";

/** An image that targets pull. */
export interface NeededImage {
  /** With its registry, tag and digest as far as the chart names them. */
  readonly source: string;
  /** Its name in the mirror of the targets, where they have one. */
  readonly mirror?: string;
  readonly targets: readonly string[];
}

/** All that deployments of targets download. */
export interface Needed {
  readonly targets: readonly string[];
  /** Demands on the version of Terraform, which a bundle does not hold. */
  readonly terraform: readonly string[];
  readonly platforms: readonly string[];
  readonly providers: readonly ProviderNeed[];
  readonly modules: readonly NeededModule[];
  /** Modules of which only a download tells what they call. */
  readonly unread: readonly string[];
  /** With the digest of the archive, where the release records it. */
  readonly charts: readonly (ChartNeed & { readonly digest?: string })[];
  readonly images: readonly NeededImage[];
  /** Releases whose images are not known. */
  readonly unknown: readonly { readonly target: string; readonly release: string; readonly why: string }[];
  /** Files that the repository itself has to hold. */
  readonly vendored: readonly string[];
}

/** Synthesizes targets to a folder of their own, which is gone afterwards, and reads what they download. */
export async function withSynthesized<Result>(
  targets: readonly Target[],
  use: (outDir: string, idsOf: (target: Target) => readonly string[]) => Result | Promise<Result>,
): Promise<Result> {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "octarine-bundle-"));
  const tell = progressOver("synthesizing", targets.length);
  try {
    const out = path.join(dir, "out");
    const { stacks } = synthesize({ targets }, out, { onTarget: ({ name }) => tell(name) });
    return await use(out, ({ name }) => stacks.filter(({ target }) => target === name).map(({ id }) => id));
  } finally {
    fs.rmSync(dir, { recursive: true, force: true });
  }
}

/** What read targets need in sum. */
export function neededBy(
  targets: readonly Target[],
  platforms: readonly string[],
  read: (target: Target) => ReadTarget,
): Needed {
  const each = targets.map((target) => ({ target: target.name, ...read(target) }));
  const { terraform, providers, modules, unread, charts } = needsOf(
    each.flatMap(({ stacks }) => stacks.map(({ needs }) => needs)),
  );
  const digests = recordedDigests(targets);
  return {
    targets: targets.map(({ name }) => name),
    terraform,
    platforms,
    providers,
    modules,
    unread,
    charts: charts.map((chart) => {
      const digest = digests.get(chartName(chart));
      return { ...chart, ...(digest !== undefined && { digest }) };
    }),
    images: neededImages(each),
    unknown: each.flatMap(({ target, images }) =>
      images.unknown.map(({ release, why }) => ({ target, release, why })),
    ),
    vendored: [...new Set(each.flatMap(({ vendored }) => vendored))].sort(),
  };
}

/** Of charts, by their names, as releases record them. */
function recordedDigests(targets: readonly Target[]): ReadonlyMap<string, string> {
  return new Map(
    targets
      .flatMap(({ release }) => Object.values(release.charts))
      .flatMap(({ repository, name, version, digest }): [string, string][] =>
        digest === undefined
          ? []
          : [[chartName({ repository: repository.replace(/\/$/, ""), name, version }), digest]],
      ),
  );
}

function neededImages(
  read: readonly (Pick<ReadTarget, "images"> & { readonly target: string })[],
): NeededImage[] {
  const all = new Map<string, NeededImage>();
  for (const { target, images } of read) {
    for (const { source, mirror, mirrored } of images.images) {
      const inMirror = mirrored && mirror !== source ? mirror : undefined;
      const key = `${source} ${inMirror ?? ""}`;
      const before = all.get(key)?.targets ?? [];
      all.set(key, {
        source,
        ...(inMirror !== undefined && { mirror: inMirror }),
        targets: [...before, target],
      });
    }
  }
  return [...all].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, image]) => image);
}
