import { resourcesOf } from "../../src/components/chart";
import { installed, pinnedOnly } from "../../src/components/components";
import type { ComponentRecord } from "../../src/components/component";
import { requestValues } from "../../src/modules/chart-requests";

const chartsOf = (records: readonly ComponentRecord[]) =>
  records.flatMap((record) => ("charts" in record ? Object.values(record.charts) : []));

test("what each chart asks for that a stack installs is known, and of the others nothing is said", () => {
  const unsaid = (records: readonly ComponentRecord[]) =>
    chartsOf(records)
      .filter(({ requests }) => requests === undefined)
      .map(({ name }) => name);

  expect(unsaid(installed)).toEqual([]);
  expect(unsaid(pinnedOnly)).toHaveLength(chartsOf(pinnedOnly).length);
});

const all = chartsOf(installed).flatMap(({ name, requests = [] }) =>
  requests.map((each) => [`${name} ${each.path.join(".")}`, each] as const),
);

test.each(all)("%s: no limit of memory is below what is asked for", (_name, each) => {
  expect(each.cpuMillicores).toBeGreaterThan(0);
  expect(each.memoryMiB).toBeGreaterThan(0);
  expect(each.memoryLimitMiB).toBeGreaterThanOrEqual(each.memoryMiB);
});

test("they are values of the chart", () => {
  expect(requestValues("argo-rollouts")).toEqual({
    controller: { resources: { requests: { cpu: "50m", memory: "128Mi" }, limits: { memory: "512Mi" } } },
  });
  expect(requestValues("a-teams-own")).toEqual({});
});

test("CPU is never limited: it only slows what the cluster waits for", () => {
  expect(resourcesOf({ cpuMillicores: 10, memoryMiB: 20, memoryLimitMiB: 30 }).limits).toEqual({
    memory: "30Mi",
  });
});
