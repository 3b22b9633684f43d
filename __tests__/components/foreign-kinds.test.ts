import type { InstalledRecord } from "../../src/components/component";
import { installed } from "../../src/components/components";
import { foreignKinds, undeliveredKinds } from "../../src/components/foreign-kinds";
import kubernetesKinds from "../../src/facts/kubernetes-kinds.json";
import { kubernetesGroups } from "../support/kubernetes-groups";

const records: readonly InstalledRecord[] = installed;
const kindsIn = (groups: Readonly<Record<string, readonly string[]>> = {}) =>
  Object.entries(groups).flatMap(([group, kinds]) => kinds.map((kind) => `${group} ${kind}`));
const brought = records.flatMap(({ crds }) => kindsIn(crds));

test("a kind is brought by one component, once", () => {
  expect(brought.length).toBeGreaterThan(100);
  expect(new Set(brought).size).toBe(brought.length);
});

test("every kind that Octarine makes and Kubernetes does not have is one that a component brings", () => {
  const custom = Object.keys(kubernetesKinds).flatMap((each) => {
    const [apiVersion = "", kind] = each.split(" ");
    const [group = ""] = apiVersion.includes("/") ? apiVersion.split("/") : [""];
    return kubernetesGroups.includes(group) ? [] : [`${group} ${kind}`];
  });
  expect(custom.length).toBeGreaterThan(30);
  expect(custom.filter((each) => !brought.includes(each))).toEqual([]);
});

test("what no team writes, or has delivered, is a kind that the component itself brings", () => {
  for (const { name, crds, foreign = [], undelivered } of records) {
    const own = kindsIn(crds);
    const named = [...foreign.map(({ group, kind }) => `${group} ${kind}`), ...kindsIn(undelivered)];
    expect([name, named.filter((each) => !own.includes(each))]).toEqual([name, []]);
  }
});

test("no kind that a component calls foreign is left out of the policies and of what Argo CD delivers", () => {
  const foreign = records.flatMap(({ foreign = [] }) => foreign);
  expect(foreign.length).toBeGreaterThan(5);
  expect(foreignKinds).toHaveLength(foreign.length);
  expect(foreignKinds).toEqual(expect.arrayContaining(foreign));
  expect(undeliveredKinds).toEqual(
    expect.arrayContaining(foreign.map(({ group, kind }) => ({ group, kind }))),
  );
  expect(undeliveredKinds.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(["SecretStore", "PushSecret", "Webhook", "GeneratorState"]),
  );
});
