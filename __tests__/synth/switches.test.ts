import fs from "node:fs";
import path from "node:path";
import { stringify } from "yaml";
import { readFleet } from "../../src/fleet/load-fleet";
import { formatProblem } from "../../src/config/read/problem";
import { chartsOf, chartComponents } from "../../src/components/components";
import { kubernetesKind } from "../../src/facts/kubernetes-kinds";
import type { Manifest } from "../../src/modules/manifest";
import { releases } from "../../src/releases/releases";
import { synthesize } from "../../src/synth/synthesize";
import { aFolder, BASE_YAML } from "../support/fixtures";
import { coveringRows, pairsOf, rowWith, allowedPairs } from "../support/switches/covering-array";
import { installedBy } from "../support/switches/installed-by";
import { refusedPairs } from "../support/switches/refused-pairs";
import { switchEnvs, switchTargets } from "../support/switches/switch-fleet";
import { configOf } from "../support/switches/switches";
import { kubernetesGroups } from "../support/kubernetes-groups";
import { parsed, releaseValues, resourcesOf } from "../support/synth";

const targets = switchTargets();
const folder = aFolder(switchEnvs(targets));
const { fleet, problems } = readFleet(folder);
const out = path.join(folder, "out");

beforeAll(() => synthesize(fleet, out), 180_000);
afterAll(() => fs.rmSync(folder, { recursive: true }));

// Faults of one switch show alone; those of two together show in pairs only.
test("every pair of positions of two switches is in a target that synthesizes, or is refused", () => {
  const { rows, implied } = coveringRows();
  const together = new Set(rows.flatMap(pairsOf));

  expect([...allowedPairs()].filter((pair) => !together.has(pair))).toEqual(implied);
  expect(implied.toSorted()).toEqual([
    // A private CA, which Cilium's mesh has as well, needs cert-manager, which needs a zone and is a part of ingress; the egress gateway needs an overlay.
    "containerInsights=metrics egressGateway=on",
    "containerInsights=on egressGateway=on",
    "dns=off mesh=cilium",
    "dns=off mesh=private-ca",
    "egressGateway=on mesh=ambient",
    "egressGateway=on mesh=gateway",
    "egressGateway=on mesh=private-ca",
    "egressGateway=on mesh=sidecars",
    "egressGateway=on nginx=on",
    "ingress=off mesh=cilium",
    "ingress=off mesh=private-ca",
  ]);
});

test("nothing is refused that the table of refused pairs does not list", () => {
  expect(problems.map((problem) => formatProblem(problem))).toEqual([]);
});

describe("what does not go together is refused, and for that reason alone", () => {
  const writable = refusedPairs.filter(({ says }) => says !== null);

  test.each(writable.map((each) => [each.pair.map(([name, at]) => `${name} ${at}`).join(" with "), each]))(
    "%s",
    (_, { pair, says }) => {
      const row = rowWith(pair);
      if (row === undefined) throw new Error("no row has this pair and nothing else that is refused");
      const dir = aFolder({ "platform.yaml": BASE_YAML, "dev/us-east-1.yaml": stringify(configOf(row)) });
      const messages = readFleet(dir).problems.map(({ message }) => message);
      fs.rmSync(dir, { recursive: true });

      expect(messages.length).toBeGreaterThan(0);
      for (const message of messages) expect(message).toMatch(says ?? /^$/);
    },
  );
});

/** Charts of repositories and add-ons in the written stacks of a target. */
function installed(environment: string): string[] {
  const stacks = path.join(out, "stacks");
  const json = fs
    .readdirSync(stacks)
    .filter((name) => name.startsWith(`${environment}-us-east-1-`))
    .map((name) => parsed(fs.readFileSync(path.join(stacks, name, "cdk.tf.json"), "utf8")).resource ?? {});
  const charts = json
    .flatMap(({ helm_release = {} }) => Object.values(helm_release))
    .filter(({ version }) => version !== undefined)
    .map(({ chart }) => String(chart).split("/").at(-1));
  const addons = json
    .flatMap(({ aws_eks_addon = {} }) => Object.values(aws_eks_addon))
    .map(({ addon_name }) => `addon ${String(addon_name)}`);
  return [...charts, ...addons].map(String).sort();
}

describe("each target installs what its switches say, and nothing else", () => {
  test.each(targets.map(({ environment, what, row }) => [environment, what, row] as const))(
    "%s: %s",
    (environment, _, row) => {
      const target = fleet.targets.find((each) => each.environment === environment);
      if (target === undefined) throw new Error(`${environment} was not read`);

      expect(installed(environment)).toEqual(installedBy(row));
      const stacks = fs.readdirSync(path.join(out, "stacks"));
      expect(stacks.filter((name) => name.startsWith(`${environment}-us-east-1-`)).sort()).toEqual(
        target.stacks.map((name) => `${environment}-us-east-1-${name}`).sort(),
      );
    },
  );
});

// Their form is checked when they are made (src/modules/manifest-shape.ts), by a list of kinds.
test("every object that Octarine makes is of a kind that it knows, and that a component of its target brings", () => {
  const unknown = new Set<string>();
  const missing = new Set<string>();
  let objects = 0;
  for (const stack of fs.readdirSync(path.join(out, "stacks"))) {
    const json = fs.readFileSync(path.join(out, "stacks", stack, "cdk.tf.json"), "utf8");
    const target = fleet.targets.find(({ workspace }) => stack.startsWith(`${workspace}-`));
    const brought = [...(target?.components.values() ?? [])].flatMap(({ record: { crds = {} } }) =>
      Object.entries(crds).flatMap(([group, kinds]) => kinds.map((kind) => `${group} ${kind}`)),
    );
    for (const [address, { version }] of Object.entries(resourcesOf(json, "helm_release"))) {
      if (version !== undefined) continue;
      const { manifests = {} } = releaseValues(json, address);
      for (const { apiVersion, kind } of Object.values(manifests as Record<string, Manifest>)) {
        objects += 1;
        if (kubernetesKind(apiVersion, kind) === undefined) unknown.add(`${apiVersion} ${kind}`);
        const group = apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";
        if (!kubernetesGroups.includes(group) && !brought.includes(`${group} ${kind}`))
          missing.add(`${stack}: ${group} ${kind}`);
      }
    }
  }

  expect([...unknown]).toEqual([]);
  expect([...missing]).toEqual([]);
  expect(objects).toBeGreaterThan(1000);
});

// Warnings of unverified pins and the steps of an upgrade go by it.
test("the list of used components says the same", () => {
  const byChart = new Map(
    chartComponents.flatMap((component) =>
      chartsOf(component).map((name) => [releases["2026.11"].charts[name].name, component] as const),
    ),
  );
  const charts = (names: readonly string[]) =>
    [...new Set(names.map((name) => byChart.get(name)).filter((each) => each !== undefined))].sort();

  for (const { environment, components } of fleet.targets) {
    const used = [...components.keys()].filter((each) => chartComponents.some((chart) => chart === each));
    expect([environment, used.toSorted()]).toEqual([environment, charts(installed(environment))]);
  }
});

test("twice the same bytes", () => {
  const [richest] = fleet.targets.toSorted((a, b) => b.stacks.length - a.stacks.length);
  if (richest === undefined) throw new Error("no target");
  const again = path.join(folder, "again");
  synthesize({ targets: [richest] }, again);

  const names = richest.stacks.map((name) => `${richest.environment}-us-east-1-${name}`);
  expect(names.length).toBeGreaterThan(10);
  for (const name of names) {
    const file = path.join("stacks", name, "cdk.tf.json");
    expect(fs.readFileSync(path.join(again, file), "utf8")).toBe(
      fs.readFileSync(path.join(out, file), "utf8"),
    );
  }
});
