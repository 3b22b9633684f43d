import { renderedFindings } from "../../../src/cli/render/rendered-findings";

const resources = { requests: { cpu: "10m", memory: "10Mi" }, limits: { memory: "10Mi" } };
const deployment = (containers: object[], more: object = {}) => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", ...more },
  spec: { template: { spec: { containers } } },
});
const found = (...releases: [string, string, ReturnType<typeof deployment>[]][]) =>
  renderedFindings(releases.map(([release, namespace, objects]) => ({ release, namespace, objects })));

test("an object of two releases is named with both", () => {
  const object = deployment([]);

  expect(found(["one", "a", [object]], ["two", "a", [object]])).toEqual([
    "Deployment.apps a/web is made by one and two; Helm refuses the second",
  ]);
  expect(found(["one", "a", [object]], ["two", "b", [object]])).toEqual([]);
  expect(found(["one", "a", [object]], ["two", "b", [deployment([], { namespace: "a" })]])).toHaveLength(1);
});

test("a container that asks for nothing is named with what is missing", () => {
  expect(found(["one", "a", [deployment([{ name: "app" }, { name: "log", resources }])]])).toEqual([
    "one: Deployment web, container app: has no requests.cpu, requests.memory, limits.memory",
  ]);
});

test("a pod that only helm test starts may ask for nothing", () => {
  const test = deployment([{ name: "app" }], { annotations: { "helm.sh/hook": "test-success" } });

  expect(found(["one", "a", [test]])).toEqual([]);
});

test("the pods of a cron job are looked at as all others", () => {
  const cronJob = {
    apiVersion: "batch/v1",
    kind: "CronJob",
    metadata: { name: "nightly" },
    spec: { jobTemplate: { spec: { template: { spec: { containers: [{ name: "app" }] } } } } },
  };
  const findings = renderedFindings([{ release: "one", namespace: "a", objects: [cronJob] }]);

  expect(findings).toEqual([
    "one: CronJob nightly, container app: has no requests.cpu, requests.memory, limits.memory",
  ]);
});
