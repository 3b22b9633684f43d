import type { ChartPods } from "../../src/components/chart";
import { fill, given, over, podSpecOf, since, when } from "../../src/components/chart-work";
import { installed } from "../../src/components/components";
import type { InstalledRecord } from "../../src/components/component";
import { requestValues } from "../../src/modules/chart-requests";
import { fromJson } from "../../src/guardrails/read/expression";
import { releases } from "../../src/releases/releases";
import { containersOf } from "../../src/admission/pods/pod";
import { at, text, type Value } from "../../src/values/value";

const records: readonly InstalledRecord[] = installed;
const pods = records.flatMap((record) => Object.values<ChartPods>(record.pods ?? {}));
const charts = records.flatMap((record) => ("charts" in record ? Object.entries(record.charts) : []));

/** What a chart makes has containers, as far as it asks for anything. */
const withPods = charts.filter(([, { requests = [] }]) => requests.length > 0);

test.each(withPods)(
  "pods of chart %s are known, and were read at every version that a release pins",
  (chart, facts) => {
    const pinned = Object.values(releases).map(
      (release) => release.charts[chart as keyof typeof release.charts].version,
    );

    expect(facts.podsReadAt ?? []).toEqual(expect.arrayContaining([...new Set(pinned)]));
    expect(pods.filter(({ of, work }) => of === facts.name && work === undefined)).toEqual([]);
    expect(pods.filter(({ of }) => of === facts.name)).not.toEqual([]);
  },
);

/** SPIRE that Cilium's chart brings has containers without any (docs/render.md). */
const SILENT = ["init", "cilium-init", "mount-cgroup"];

test.each(withPods)("what each container of chart %s asks for is what we give the chart", (chart, facts) => {
  const requests = facts.requests ?? [];
  const given = requests.map(({ cpuMillicores, memoryMiB }) => `${cpuMillicores}m ${memoryMiB}Mi`);
  for (const version of facts.podsReadAt ?? []) {
    const values = fromJson({ ...requestValues(facts.name), ...EXTRA[facts.name] });
    const release = { name: facts.name, version, values };
    const asked = pods
      .filter(({ of, work }) => of === facts.name && work !== undefined)
      .flatMap(({ work }) => (work === undefined ? [] : containersOf(podSpecOf(work, release))))
      .filter(({ name }) => !SILENT.includes(name))
      .map(({ name, spec }) => [name, asks(spec.resources)]);

    expect(asked.filter(([, each]) => each === undefined || !given.includes(each))).toEqual([]);
    // The other way round: what we give a chart reaches a container.
    expect(given.filter((each) => !asked.some(([, other]) => other === each))).toEqual([]);
  }
  expect(chart).not.toBe("");
});

/** Containers that are given whole, their resources among them. */
const EXTRA: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  velero: {
    initContainers: [{ name: "plugin", resources: { requests: { cpu: "10m", memory: "32Mi" } } }],
  },
};

function asks(resources: Value): string | undefined {
  const requests = at(resources, "requests");
  return requests === undefined ? undefined : `${text(at(requests, "cpu"))} ${text(at(requests, "memory"))}`;
}

describe("a part of a pod", () => {
  const release = { name: "r", version: "v1.19.6", values: { on: true, off: false, a: { b: 1 } } };

  test("is what a release says, else what the chart has", () => {
    expect(fill({ x: given("a.b", 2), y: given("a.c", 3), z: given("a.d") }, release)).toEqual({
      x: 1,
      y: 3,
    });
  });

  test("is laid over the chart's own as Helm does", () => {
    expect(fill(over("a", { b: 9, c: 2 }), release)).toEqual({ b: 1, c: 2 });
  });

  test("is there where a value says so, and from a version on", () => {
    expect(
      fill([when("on", 1), when("off", 2), when("none", 3), since("1.19", 4), since("1.20", 5)], release),
    ).toEqual([1, 4]);
  });
});
