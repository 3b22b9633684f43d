/**
 * compare-pods.ts --charts DIR ENVS...: pods that charts make of the releases of all targets of folders, as `helm template` renders
 * them, against what the components' records say of them (src/components/<name>/pods.ts), and every difference. DIR is as for `octarine
 * render --charts`. By hand, when a pin of a chart or its values change (2 min for the samples); ends with 1 where they differ.
 */
import { withReleases } from "../../src/cli/render/render-target";
import { renderReleases } from "../../src/cli/render/render-releases";
import { helm } from "../../src/cli/render/run-helm";
import { loadFleet } from "../../src/fleet/load-fleet";
import type { Target } from "../../src/model/target";
import { targetInventory } from "../../src/synth/guard-targets";
import { at, entries, isMap, isUnknown, type Value } from "../../src/values/value";
import { type PodFacts, factsOf, renderedFacts } from "./facts";

const [flag, charts, ...folders] = process.argv.slice(2);
if (flag !== "--charts" || charts === undefined || folders.length === 0)
  throw new Error("usage: tsx tools/chart-pods/compare-pods.ts --charts DIR ENVS...");

function compared(target: Target): { readonly differences: string[]; readonly pods: number } {
  const { resources } = targetInventory(target);
  const said = new Map(factsOf(resources).map((each) => [each.id, each]));
  return withReleases(target, (releases) => {
    const published = releases.filter(({ chart }) => chart.kind === "published");
    const kubernetes = target.release.kubernetes.version;
    const rendered = renderReleases(published, { kubernetes, charts }, helm);
    const failed = rendered.flatMap(({ release, result }) =>
      "problem" in result ? [`${target.name} ${release.name}: ${result.problem}`] : [],
    );
    const real = rendered.flatMap(({ release, result }) =>
      "problem" in result ? [] : renderedFacts(result.objects, release.namespace),
    );
    const ids = new Set(real.map(({ id }) => id));
    return {
      pods: real.length,
      differences: [
        ...failed,
        ...real.flatMap((each) => differing(target.name, said.get(each.id), each)),
        ...[...said.values()]
          .filter(({ id, byOperator }) => !ids.has(id) && !byOperator)
          .map(({ id }) => `${target.name} ${id}: the record has it, the chart does not`),
      ],
    };
  });
}

function differing(target: string, said: PodFacts | undefined, real: PodFacts): string[] {
  if (said === undefined) return [`${target} ${real.id}: no record has it`];
  const missing = entries(said.labels).filter(([key, value]) => !agree(value, at(real.labels, key)));
  const names = [...new Set([...Object.keys(said.facts), ...Object.keys(real.facts)])];
  const at_ = `${target} ${real.id}`;
  return [
    ...missing.map(
      ([key]) =>
        `${at_} label ${key}: the record says ${shown(at(said.labels, key))}, the chart ${shown(at(real.labels, key))}`,
    ),
    ...names
      .filter((name) => !agree(said.facts[name], real.facts[name]))
      .map(
        (name) =>
          `${at_} ${name}: the record says ${shown(said.facts[name])}, the chart ${shown(real.facts[name])}`,
      ),
  ];
}

/** What only Terraform knows agrees with whatever stands for it. */
function agree(a: Value, b: Value): boolean {
  if (isUnknown(a)) return true;
  if (!isMap(a) || !isMap(b)) return shown(a) === shown(b);
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => agree(a[key], b[key]));
}

function shown(value: Value): string {
  return JSON.stringify(value) ?? "nothing";
}

const all = folders.flatMap((folder) => loadFleet(folder).targets).map(compared);
const differences = all.flatMap((each) => each.differences);
differences.forEach((each) => console.log(each));
const pods = all.reduce((sum, each) => sum + each.pods, 0);
console.log(`${all.length} targets, ${pods} workloads: ${differences.length} differences`);
process.exitCode = differences.length > 0 ? 1 : 0;
