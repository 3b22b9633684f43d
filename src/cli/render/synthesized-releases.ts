import fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { SynthesizedStack } from "../../synth/synthesize";
import { type Placeholders, plainValues } from "./plain-values";

const releaseBlock = z.object({
  name: z.string(),
  namespace: z.string(),
  chart: z.string(),
  repository: z.string().optional(),
  version: z.string().optional(),
  skip_crds: z.boolean().optional(),
  values: z.array(z.string()).optional(),
});
const stackJson = z.object({
  resource: z.looseObject({ helm_release: z.record(z.string(), releaseBlock).optional() }).optional(),
});
/** Of any resource: what it comes after. */
const resources = z.record(
  z.string(),
  z.record(z.string(), z.object({ depends_on: z.array(z.string()).optional() })),
);

/** A Helm release of a synthesized stack. */
export interface SynthesizedRelease {
  /** `prod-us-east-1-cni` */
  readonly stack: string;
  readonly name: string;
  readonly namespace: string;
  readonly chart: ReleaseChart;
  readonly skipCrds: boolean;
  /** JSON texts, in order, expressions replaced by placeholders. */
  readonly values: readonly string[];
}

export type ReleaseChart =
  | { readonly kind: "local"; readonly path: string }
  | {
      readonly kind: "published";
      readonly repository: string;
      readonly name: string;
      readonly version: string;
    };

/** The releases of synthesized stacks, in the order in which they are deployed; by name where that is free. */
export function synthesizedReleases(
  outDir: string,
  stacks: readonly SynthesizedStack[],
  placeholders: Placeholders,
): SynthesizedRelease[] {
  return stacks.flatMap(({ id }) => {
    const dir = path.join(outDir, "stacks", id);
    const json = stackJson.parse(JSON.parse(fs.readFileSync(path.join(dir, "cdk.tf.json"), "utf8")));
    const releases = json.resource?.helm_release ?? {};
    const byName = Object.keys(releases).sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
    function nameOf(address: string): string {
      return releases[address]?.name ?? "";
    }
    return inOrder(byName, dependencies(json.resource ?? {}))
      .flatMap((address) => releases[address] ?? [])
      .map((block) => ({
        stack: id,
        name: block.name,
        namespace: block.namespace,
        chart: chartOf(block, dir),
        skipCrds: block.skip_crds ?? false,
        values: (block.values ?? []).map((text) => plainValues(text, placeholders)),
      }));
  });
}

/** `type.name` to what it depends on. */
function dependencies(resource: unknown): ReadonlyMap<string, readonly string[]> {
  return new Map(
    Object.entries(resources.parse(resource)).flatMap(([type, byName]) =>
      Object.entries(byName).map(([name, block]): [string, readonly string[]] => [
        `${type}.${name}`,
        block.depends_on ?? [],
      ]),
    ),
  );
}

/** Releases, each after those that it depends on by whatever lies between. */
function inOrder(addresses: readonly string[], after: ReadonlyMap<string, readonly string[]>): string[] {
  const seen = new Set<string>();
  const visit = (address: string): void => {
    if (seen.has(address)) return;
    (after.get(address) ?? []).forEach(visit);
    seen.add(address);
  };
  addresses.forEach((address) => visit(`helm_release.${address}`));
  const releases = new Set(addresses.map((address) => `helm_release.${address}`));
  return [...seen].filter((each) => releases.has(each)).map((each) => each.slice("helm_release.".length));
}

function chartOf(
  { chart, repository, version }: z.output<typeof releaseBlock>,
  stackDir: string,
): ReleaseChart {
  if (version === undefined) return { kind: "local", path: path.join(stackDir, chart) };
  if (repository !== undefined) return { kind: "published", repository, name: chart, version };
  // An OCI chart is named by its whole address.
  const slash = chart.lastIndexOf("/");
  return { kind: "published", repository: chart.slice(0, slash), name: chart.slice(slash + 1), version };
}
