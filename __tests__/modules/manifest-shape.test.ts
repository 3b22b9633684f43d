import path from "node:path";
import { App, Lazy } from "cdktf";
import { loadFleet } from "../../src/fleet/load-fleet";
import type { Manifest } from "../../src/modules/manifest";
import { manifestProblems, refuseMisshapen } from "../../src/modules/manifest-shape";
import { addTargetStacks } from "../../src/stacks/target-stacks";
import { withoutStackTraces } from "../../src/synth/output/write-output";

const quota: Manifest = {
  apiVersion: "v1",
  kind: "ResourceQuota",
  metadata: { name: "quota", namespace: "shop", labels: { team: "shop" } },
  spec: { hard: { pods: 10 } },
};
const store: Manifest = {
  apiVersion: "external-secrets.io/v1",
  kind: "ClusterSecretStore",
  metadata: { name: "platform" },
  spec: { provider: {} },
};

test("correct objects have no problem, and neither have values that only Terraform knows", () => {
  const later = Lazy.stringValue({ produce: () => "later" });

  expect(manifestProblems(quota)).toEqual([]);
  expect(manifestProblems({ ...quota, metadata: { name: later, namespace: later } })).toEqual([]);
  expect(manifestProblems({ ...store, kind: "SomebodysOwn", apiVersion: "acme.example/v1beta2" })).toEqual(
    [],
  );
});

test.each<[string, Manifest, string]>([
  ["a version of another form", { ...quota, apiVersion: "apps/1" }, "apiVersion apps/1 is not valid"],
  ["a kind of another form", { ...quota, kind: "resourcequota" }, "kind resourcequota is not valid"],
  [
    "a name in capitals",
    { ...quota, metadata: { name: "Quota" } },
    'name "Quota" does not have the form that Kubernetes requires',
  ],
  [
    "a label that is too long",
    { ...quota, metadata: { name: "quota", labels: { team: "x".repeat(64) } } },
    `label team "${"x".repeat(64)}" does not have the form that Kubernetes requires`,
  ],
  ["an unknown field", { ...quota, spce: {} }, "spce is not a field of the kind"],
  ["an unknown field of the spec", { ...quota, spec: { hrad: {} } }, "spec.hrad is not a field of the kind"],
  ["a field that is missing", { ...store, spec: {} }, "spec.provider is missing"],
  [
    "a namespace of what has none",
    { ...store, metadata: { name: "platform", namespace: "shop" } },
    "has a namespace, but its kind is cluster-wide",
  ],
  [
    "a field of an older version",
    {
      apiVersion: "karpenter.sh/v1",
      kind: "NodePool",
      metadata: { name: "general" },
      spec: { template: {}, ttlSecondsAfterEmpty: 30 },
    },
    "spec.ttlSecondsAfterEmpty is not a field of the kind",
  ],
])("finds %s", (_, manifest, problem) => {
  expect(manifestProblems(manifest)).toEqual([problem]);
});

test("a release of misshapen objects is refused, with every fault", () => {
  const manifests = { one: { ...quota, spce: {} }, two: { ...quota, spce: {} }, three: store };

  expect(() => refuseMisshapen("policies-shop", manifests)).toThrow(
    "release policies-shop: ResourceQuota shop quota: spce is not a field of the kind;" +
      " ResourceQuota shop quota: spce is not a field of the kind; ResourceQuota shop quota: is listed twice",
  );
});

// Making the stacks is what refuses an object of another form.
test.each(["envs", "examples/envs"])(
  "every object of the targets in %s has the form of its kind",
  (dir) => {
    const { targets } = loadFleet(path.join(__dirname, "..", "..", dir));

    expect(targets.length).toBeGreaterThan(4);
    for (const target of targets) {
      expect(() => withoutStackTraces(() => addTargetStacks(new App(), target))).not.toThrow();
    }
  },
  60_000,
);
