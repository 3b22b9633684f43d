import fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import { type ComponentRecord, type InstalledRecord } from "../../src/components/component";
import { installed, pinnedOnly } from "../../src/components/components";
import { installerOf } from "../../src/components/installers";
import { keysOf, sectionsOf } from "../../src/components/settings";
import { sectionsSchema } from "../../src/config/schema/sections";
import { loadFleet } from "../../src/fleet/load-fleet";
import { stackNames } from "../../src/model/stacks/stack-names";
import { usedRecords } from "../../src/model/used-components";
import { releases } from "../../src/releases/releases";
import { everything } from "../support/chart-releases";
import { aTarget } from "../support/fixtures";
import { root } from "../support/pages";

const records: readonly InstalledRecord[] = installed;
const all: readonly ComponentRecord[] = [...installed, ...pinnedOnly];
const samples = ["envs", "examples/envs"].flatMap((folder) => loadFleet(path.join(root, folder)).targets);

/** What no sample has: what is on its way out, costs much by the month, or waits for a file that is not ours to give. */
const others = [
  aTarget('ingress: { nginx: { reason: "moves to the Gateway API by spring" } }'),
  aTarget(everything({ release: "2026.11", cni: "cilium-eni", mesh: "private-ca" })),
  aTarget("cni: { kind: cilium-eni, gatewayApi: { enabled: true } }"),
];

const chartsIn = (record: ComponentRecord) => ("charts" in record ? Object.entries(record.charts) : []);

test("every folder with a record is in the list, under its own name", () => {
  const folder = path.join(root, "src", "components");
  const withRecord = fs
    .readdirSync(folder)
    .filter((name) => fs.existsSync(path.join(folder, name, "record.ts")));

  expect(withRecord.sort()).toEqual(records.map(({ name }) => name).sort());
});

test("every chart of a release is of one component, at one name and repository", () => {
  const known = all.flatMap(chartsIn);
  expect(new Set(known.map(([name]) => name)).size).toBe(known.length);
  for (const { charts } of Object.values(releases)) {
    expect(Object.keys(charts).sort()).toEqual(known.map(([name]) => name).sort());
    for (const [name, facts] of known)
      expect(charts).toMatchObject({ [name]: { name: facts.name, repository: facts.repository } });
  }
  // What requests and proxies go by.
  expect(new Set(known.map(([, { name }]) => name)).size).toBe(known.length);
});

test("the list goes stack by stack", () => {
  const order = records.map(({ stack }) => stackNames.indexOf(stack));
  expect(order).toEqual([...order].sort((a, b) => a - b));
});

test("what another component brings along is there where that one is", () => {
  const alone = records.filter((record) => "broughtBy" in record);
  expect(alone).not.toEqual([]);
  for (const { config, name: target } of [...samples, ...others]) {
    const used = usedRecords(config).map(({ name }) => name);
    for (const record of installed)
      if ("broughtBy" in record && record.isUsed(config))
        expect([target, record.name, record.broughtBy.some((by) => used.includes(by))]).toEqual([
          target,
          record.name,
          true,
        ]);
  }
});

test("an installer is there for whatever is a thing of its own to install", () => {
  const without = installed.filter(({ name }) => installerOf(name) === undefined);
  expect(without).not.toEqual([]);
  const isMade = ({ kind }: InstalledRecord) => kind === "control plane" || kind === "node image";
  expect(without.filter((record) => !isMade(record)).every((record) => "broughtBy" in record)).toBe(true);
});

test("a target that installs a component has its stack", () => {
  const without = samples.flatMap((target) =>
    usedRecords(target.config)
      .filter(({ stack }) => !target.stacks.includes(stack))
      .map(({ name }) => `${target.name} ${name}`),
  );
  expect(samples.length).toBeGreaterThan(10);
  expect(without).toEqual([]);
});

test.each(records.map((record) => [record.name, record] as const))(
  "%s is in some target, its page is there, and its settings are keys of the schema",
  (_name, { isUsed, docs, settings }) => {
    const schema = JSON.parse(
      fs.readFileSync(path.join(root, "schema", "target.schema.json"), "utf8"),
    ) as Schema;

    expect([...samples, ...others].some(({ config }) => isUsed(config))).toBe(true);
    expect(fs.existsSync(path.join(root, docs))).toBe(true);
    if (settings !== undefined) expect([settings, hasKey(schema, settings)]).toEqual([settings, true]);
  },
);

/** Settings in a component's folder that another key takes up, and why it is not the component's own. */
const PART_OF_A_CHOICE: Readonly<Record<string, string>> = {
  spire: "identity's kind chooses between SPIRE and Cilium",
  "external-secrets": "secrets.delivery chooses between it and mounted files",
};

test("settings in a component's folder are the schema's by the list, and those of a choice have their reason", () => {
  const folder = path.join(root, "src", "components");
  const withSettings = fs
    .readdirSync(folder)
    .filter((name) => fs.existsSync(path.join(folder, name, "settings.ts")));
  const listed = [...Object.values(sectionsOf), ...Object.values(keysOf)].flatMap((keys) =>
    Object.values(keys),
  );
  const own = records.filter(({ name, settings = [] }) => {
    if (!withSettings.includes(name)) return false;
    const [first = "", second] = settings;
    const at: Readonly<Record<string, z.ZodType>> = sectionsSchema.shape;
    const section = at[first];
    const found = second === undefined ? section : shapeOf(section)[second];
    return listed.some((each) => each === found);
  });

  expect(own.map(({ name }) => name).sort()).toEqual(
    withSettings.filter((name) => PART_OF_A_CHOICE[name] === undefined).sort(),
  );
  expect(own).toHaveLength(listed.length);
});

/** Keys of a section that may be left out. */
function shapeOf(section: z.ZodType | undefined): Readonly<Record<string, z.ZodType>> {
  const inner = section instanceof z.ZodOptional ? section.unwrap() : section;
  return inner instanceof z.ZodObject ? inner.shape : {};
}

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

/** Whether a schema, or one of its choices, has a key at a path. */
function hasKey(schema: Schema, [first, ...rest]: readonly string[]): boolean {
  if (first === undefined) return true;
  const below = schema.properties?.[first];
  if (below !== undefined && hasKey(below, rest)) return true;
  return [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].some((each) => hasKey(each, [first, ...rest]));
}

test("namespaces, monitors, ports and roles are one component's each", () => {
  const { config } = samples[0]!;
  const names = (of: (record: InstalledRecord) => object | undefined) =>
    records.flatMap((record) => Object.keys(of(record) ?? {}));
  for (const found of [
    names(({ namespaces }) => namespaces),
    names(({ monitors }) => monitors),
    names(({ metricsOnNodes }) => metricsOnNodes),
    names(({ called }) => called?.(false, config)),
    records.flatMap(({ roles = {} }) => Object.keys(roles)),
  ]) {
    expect(found).not.toEqual([]);
    expect(new Set(found).size).toBe(found.length);
  }
});

test("what is read of a component is in its own namespace or in kube-system", () => {
  for (const { namespaces = {}, monitors = {} } of records)
    for (const { namespace } of Object.values(monitors))
      expect(["kube-system", ...Object.keys(namespaces)]).toContain(namespace);
});
