import { mergeLayers } from "../../../src/config/read/merge-layers";
import type { MapNode } from "../../../src/config/read/source-node";
import { scansOf } from "../../support/scans";

const at = { file: "envs/platform.yaml", line: 1, column: 1 };
const map = (entries: Readonly<Record<string, MapNode>>): MapNode => ({
  kind: "map",
  at,
  entries: new Map(Object.entries(entries).map(([key, node]) => [key, { keyAt: at, node }])),
});

test("a service's file is laid on those before it without a look at them", () => {
  const layers = Array.from({ length: 100 }, (_, index) =>
    map({ workloads: map({ [`w${index}`]: map({}) }) }),
  );
  let merged: MapNode | undefined;

  const { byLength } = scansOf(20, () => {
    const { root } = mergeLayers(layers);
    if (root.kind === "map") merged = root;
  });

  const workloads = merged?.entries.get("workloads")?.node;
  expect(workloads?.kind === "map" && workloads.entries.size).toBe(100);
  // The layers themselves, and lists of the schema; not the services that there are after each of them.
  expect(byLength.size).toBeLessThan(10);
});

test("laying one layer on another changes neither", () => {
  const [one, other] = [map({ tags: map({ a: map({}) }) }), map({ tags: map({ b: map({}) }) })];
  const before = JSON.stringify([...one.entries], (_key, value: unknown) =>
    value instanceof Map ? [...value] : value,
  );

  mergeLayers([one, other]);
  mergeLayers([one, other, one]);

  expect(
    JSON.stringify([...one.entries], (_key, value: unknown) => (value instanceof Map ? [...value] : value)),
  ).toBe(before);
});
