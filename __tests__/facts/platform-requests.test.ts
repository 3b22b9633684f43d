import { platformRequests, resourcesOf } from "../../src/facts/platform-requests";
import { releases } from "../../src/releases/releases";
import { requestValues } from "../../src/modules/chart-requests";

const charts = [
  ...new Set(
    Object.values(releases).flatMap((release) => Object.values(release.charts).map(({ name }) => name)),
  ),
];
/** Pinned, and in no target. */
const NOT_INSTALLED = [
  "cert-manager-istio-csr",
  "fluent-bit",
  "kyverno",
  "opentelemetry-collector",
  "prometheus-adapter",
];

test("what each chart of a release asks for is known", () => {
  expect(charts.filter((name) => !(name in platformRequests)).sort()).toEqual(NOT_INSTALLED);
});

const all = Object.entries(platformRequests).flatMap(([chart, containers]) =>
  containers.map((each) => [`${chart} ${each.path.join(".")}`, each] as const),
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
