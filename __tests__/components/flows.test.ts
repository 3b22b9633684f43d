import { installed } from "../../src/components/components";
import type { InstalledRecord } from "../../src/components/component";
import { type FlowEnd, type FlowSources } from "../../src/components/flow";
import type { Attributes } from "../../src/values/value";

const records: readonly InstalledRecord[] = installed;

/** An object by which every component that reads objects has something to call. */
const object = (kind: string): Attributes => ({
  kind,
  metadata: { name: "one", namespace: "shop" },
  spec: {
    acme: { server: "https://acme.example.com/directory" },
    config: { exporters: { otlp: { endpoint: "collector.tracing:4317" } } },
    generators: [{ git: { repoURL: "https://git.example.com/fleet" } }],
    template: { spec: { source: { repoURL: "https://git.example.com/apps" } } },
    triggers: [
      { type: "prometheus", metadata: { serverAddress: "http://prometheus.monitoring:9090" } },
      { type: "aws-sqs-queue", metadata: {} },
    ],
  },
});

const sources = (sharedMesh: FlowSources["sharedMesh"]): FlowSources => ({
  releases: (chart) => [
    {
      namespace: "istio-ingress",
      name: chart,
      values: {
        service: {
          type: "LoadBalancer",
          annotations: { "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "ip" },
        },
        meshConfig: {
          extensionProviders: [{ opentelemetry: { service: "collector.tracing.svc", port: 4317 } }],
        },
      },
    },
  ],
  objects: (...kinds) => kinds.map(object),
  sharedMesh,
});

const flowsOf = ({ flows }: InstalledRecord) =>
  ([undefined, "istio", "cilium"] as const).flatMap((mesh) => flows?.(sources(mesh)) ?? []);

/** A typing error there would leave out the flow without a word. */
test("pods at an end of a component's flow are workloads of its record", () => {
  const named = records.flatMap((record) => {
    const own = Object.entries(record.pods ?? {}).map(([key, { name }]) => name ?? key);
    return flowsOf(record)
      .flatMap((flow): (FlowEnd | undefined)[] => [flow.from, "port" in flow ? flow.to : undefined])
      .flatMap((end) => (typeof end === "object" && "pods" in end ? [end.pods] : []))
      .filter((pods) => !pods.includes("/"))
      .map((pods) => ({ pods, isOwn: own.includes(pods) }));
  });

  expect(named.length).toBeGreaterThan(5);
  expect(named.filter(({ isOwn }) => !isOwn)).toEqual([]);
});

test("what a component calls is read from the objects that name it", () => {
  const called = (name: string) =>
    records
      .filter((each) => each.name === name)
      .flatMap((each) => each.flows?.(sources(undefined)) ?? [])
      .flatMap((flow) => ("port" in flow ? [] : [Object.values(flow.to)[0] as string]));

  expect(called("cert-manager")).toEqual(expect.arrayContaining(["https://acme.example.com/directory"]));
  expect(new Set(called("argo-cd"))).toEqual(
    new Set(["https://git.example.com/fleet", "https://git.example.com/apps"]),
  );
  expect(called("keda")).toEqual(["http://prometheus.monitoring:9090"]);
  expect(called("opentelemetry-operator")).toEqual(["collector.tracing:4317"]);
  expect(called("istio")).toEqual(["collector.tracing.svc:4317"]);
});

test("peers are called by the component alone whose mesh it is", () => {
  const toPeers = (mesh: FlowSources["sharedMesh"]) =>
    records
      .filter(({ flows }) =>
        flows?.(sources(mesh)).some(
          (flow) =>
            "port" in flow && [flow.from, flow.to].some((end) => typeof end === "object" && "peer" in end),
        ),
      )
      .map(({ name }) => name);

  expect(toPeers(undefined)).toEqual([]);
  expect(toPeers("istio")).toEqual(["istio"]);
  expect(toPeers("cilium")).toEqual(["cilium"]);
});
