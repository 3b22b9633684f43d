import { NETWORK, problemsIn } from "../../support/problems";

const stores = "secrets: { stores: { platform: { paths: [dev/platform/], namespaces: [monitoring] } } }";
const grafana = (secret: string) =>
  `${NETWORK}observability: { prometheus: { grafana: { adminSecret: ${secret} } } }\n`;

test("a valid observability section is accepted", () => {
  const secret = "{ store: platform, name: dev/platform/grafana }";

  expect(problemsIn(`${grafana(secret)}${stores}\n`)).toEqual([]);
});

test.each([
  ["beside Prometheus", "namespace: monitoring", "{ kind: cilium-eni }"],
  [
    "in any namespace where nobody enforces policies",
    "namespace: keda",
    "{ kind: vpc-cni, networkPolicy: false }",
  ],
])("a collector %s has no problem", (_where, namespace, cni) => {
  const yaml = `${NETWORK}observability: { prometheus: {}, openTelemetry: { traces: { kind: xray }, ${namespace} } }\ncni: ${cni}\n`;

  expect(problemsIn(yaml)).toEqual([]);
});

test.each<[string, string, string]>([
  [
    "one with nothing in it",
    `${NETWORK}observability: {}\n`,
    "envs/dev/us-east-1.yaml:4:1  observability  is empty; write a part of it, for example prometheus: {}, or remove it",
  ],
  [
    "two log shippers",
    `${NETWORK}observability: { containerInsights: {}, logShipper: { kind: fluent-bit } }\n`,
    "envs/dev/us-east-1.yaml:4:41  observability.logShipper  would ship every log a second time, and both are billed: Container Insights ships them; remove it, or write containerInsights.logs: false",
  ],
  [
    "Container Insights in an overlay",
    `${NETWORK}observability: { containerInsights: {} }\ncni: { kind: cilium-overlay, podCidr: 100.64.0.0/11 }\n`,
    "envs/dev/us-east-1.yaml:4:18  observability.containerInsights  can't work with cilium-overlay: the control plane reaches no pod of the overlay, and every pod would wait for the add-on's webhook; write logShipper and prometheus",
  ],
  [
    "alerts that nobody sends",
    `${NETWORK}  egress: { kind: transit-gateway, transitGatewayId: tgw-0123456789abcdef0 }\nobservability: { alerts: { to: "arn:aws:sns:us-east-1:111122223333:oncall" } }\n`,
    "envs/dev/us-east-1.yaml:5:18  observability.alerts  has no sender: without Prometheus and NAT gateways there is no alert; add prometheus: {}",
  ],
  [
    "a topic of another region",
    `${NETWORK}observability: { prometheus: {}, alerts: { to: "arn:aws:sns:us-west-2:111122223333:oncall" } }\n`,
    "envs/dev/us-east-1.yaml:4:48  observability.alerts.to: arn:aws:sns:us-west-2:111122223333:oncall  is in us-west-2, and alarms publish only within us-east-1; write a topic of us-east-1",
  ],
  [
    "a collector in a namespace that another component closes",
    `${NETWORK}observability: { openTelemetry: { traces: { kind: xray }, namespace: keda } }\n`,
    "envs/dev/us-east-1.yaml:4:70  observability.openTelemetry.namespace: keda  belongs to another component of the platform, whose network policies close it to whoever sends to the collector; write a namespace of its own, for example opentelemetry",
  ],
  [
    "a store that is not there",
    grafana("{ store: platform, name: dev/platform/grafana }"),
    "envs/dev/us-east-1.yaml:4:65  observability.prometheus.grafana.adminSecret.store: platform  is not a store of External Secrets; add secrets.stores.platform with namespaces: [monitoring]",
  ],
  [
    "a store of other namespaces",
    `${grafana("{ store: app, name: dev/platform/grafana }")}secrets: { stores: { app: { paths: [dev/], namespaces: [payments] } } }\n`,
    "envs/dev/us-east-1.yaml:4:65  observability.prometheus.grafana.adminSecret.store: app  is not for namespace monitoring; add it to secrets.stores.app.namespaces",
  ],
  [
    "a secret that the store may not read",
    `${grafana("{ store: platform, name: prod/grafana }")}${stores}\n`,
    "envs/dev/us-east-1.yaml:4:81  observability.prometheus.grafana.adminSecret.name: prod/grafana  is not below a path of the store (dev/platform/); add one to secrets.stores.platform.paths",
  ],
])("refuses %s", (_what, text, problem) => {
  expect(problemsIn(text)).toEqual([problem]);
});
