import type { Resource } from "../../../src/guardrails/resource";
import { isMap, items, type Value } from "../../../src/values/value";
import { ended, objectOf, reachOf, sample } from "../support";

const prod = sample("prod/us-east-1");

/** A PodMonitor that asks for another port. */
const asksFor = (monitor: string, port: string) => (all: readonly Resource[]) =>
  all.map((each): Resource => {
    const { spec } = each.attributes;
    if (objectOf(each) !== monitor || !isMap(spec)) return each;
    const endpoints = items(spec.podMetricsEndpoints).map((one): Value =>
      isMap(one) ? { ...one, port } : one,
    );
    return { ...each, attributes: { ...each.attributes, spec: { ...spec, podMetricsEndpoints: endpoints } } };
  });

const serviceMonitor = (endpoint: Readonly<Record<string, string>>): Resource => ({
  type: "k8s:ServiceMonitor",
  address: "added",
  stack: "test",
  source: "input",
  attributes: {
    kind: "ServiceMonitor",
    metadata: { namespace: "payments", name: "ledger" },
    spec: { selector: { matchLabels: { "app.kubernetes.io/name": "ledger" } }, endpoints: [endpoint] },
  },
});

/** Prometheus Operator keeps only targets whose port has the name (pkg/prometheus/promcfg.go): of others nobody hears. */
describe("a monitor whose port no container has", () => {
  const found = (monitor: string) =>
    ended(
      reachOf(prod, asksFor(monitor, "metricz")).judged.filter(({ need }) => need.source.endsWith(monitor)),
    );

  test("ends there for pods that the stacks make", () => {
    expect(found("PodMonitor payments/receipts")).toEqual([
      "metrics: monitoring/prometheus to payments/receipts, no port denied at discovery: no container of payments/receipts has the port metricz that PodMonitor payments/receipts reads",
    ]);
  });

  test("is undecided for pods of charts, of which only some ports are known", () => {
    expect(found("PodMonitor monitoring/cert-manager")).toEqual([
      "metrics: monitoring/prometheus to cert-manager/cert-manager, no port undecided at discovery: no container of cert-manager/cert-manager is known to have the port metricz that PodMonitor monitoring/cert-manager reads",
    ]);
  });

  test("is named with the object that asks for it", () => {
    const { judged } = reachOf(prod, asksFor("PodMonitor payments/receipts", "metricz"));

    expect(judged.find(({ end }) => end?.at === "discovery")?.end?.by.map(({ address }) => address)).toEqual([
      expect.stringContaining("receipts"),
    ]);
  });
});

test.each([
  [{ port: "grpc" }, 50051],
  [{ targetPort: "50051" }, 50051],
  [{ port: "grpcs" }, undefined],
])("a ServiceMonitor with %j leads Prometheus to port %s behind the Service", (endpoint, port) => {
  const { judged } = reachOf(prod, (all) => [...all, serviceMonitor(endpoint)]);
  const [own] = judged.filter(({ need }) => need.source === "ServiceMonitor payments/ledger");

  expect(own?.need.port).toBe(port ?? 0);
  expect(own?.end?.at === "discovery").toBe(port === undefined);
});
