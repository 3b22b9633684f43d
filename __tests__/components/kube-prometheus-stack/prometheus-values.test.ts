import { prometheusOperatorPort } from "../../../src/components/kube-prometheus-stack/record";
import {
  type PrometheusSettings,
  prometheusValues,
} from "../../../src/components/kube-prometheus-stack/prometheus-values";

const settings: PrometheusSettings = {
  clusterName: "dev-us-east-1",
  region: "us-east-1",
  replicas: 2,
  retentionDays: 15,
  storageGiB: 100,
  memoryMiB: 1216,
  storageClass: "monitoring-gp3",
  otlp: false,
  hostNetwork: false,
};

test.each(["kubeControllerManager", "kubeScheduler", "kubeEtcd", "kubeProxy"])(
  "%s is not scraped: AWS hides it",
  (part) => {
    expect(prometheusValues(settings)[part]).toEqual({ enabled: false });
  },
);

test("CRDs are a release of their own", () => {
  expect(prometheusValues(settings)).toMatchObject({ crds: { enabled: false } });
});

test("volumes are of the encrypted class, and old blocks go before a volume is full", () => {
  expect(prometheusValues(settings)).toMatchObject({
    prometheus: {
      prometheusSpec: {
        retention: "15d",
        retentionSize: "85GiB",
        storageSpec: {
          volumeClaimTemplate: {
            spec: { storageClassName: "monitoring-gp3", resources: { requests: { storage: "100Gi" } } },
          },
        },
      },
    },
    alertmanager: {
      alertmanagerSpec: {
        storage: { volumeClaimTemplate: { spec: { storageClassName: "monitoring-gp3" } } },
      },
    },
  });
});

test("monitors and rules of every team are read", () => {
  expect(prometheusValues(settings)).toMatchObject({
    prometheus: {
      prometheusSpec: {
        serviceMonitorSelectorNilUsesHelmValues: false,
        podMonitorSelectorNilUsesHelmValues: false,
        ruleSelectorNilUsesHelmValues: false,
      },
    },
  });
});

test("Grafana's administrator comes from a secret, so that no plan makes up a password", () => {
  const values = prometheusValues({ ...settings, grafana: { adminSecret: "grafana-admin", storageGiB: 10 } });

  expect(values.grafana).toMatchObject({
    admin: { existingSecret: "grafana-admin", userKey: "admin-user", passwordKey: "admin-password" },
    persistence: { enabled: true, storageClassName: "monitoring-gp3", size: "10Gi" },
    sidecar: { dashboards: { searchNamespace: "ALL" } },
  });
  expect(prometheusValues(settings).grafana).toEqual({ enabled: false });
});

test("with an overlay the operator's webhook is on the host, off the kubelet's port", () => {
  expect(prometheusOperatorPort(true)).not.toBe(10250);
  expect(prometheusValues({ ...settings, hostNetwork: true }).prometheusOperator).toMatchObject({
    hostNetwork: true,
    tls: { internalPort: prometheusOperatorPort(true) },
  });
  expect(prometheusValues(settings).prometheusOperator).not.toHaveProperty("hostNetwork");
});

test("alerts go to the topic, but the one that is always there", () => {
  const { alertmanager } = prometheusValues({ ...settings, topicArn: "arn:topic" });

  expect(alertmanager).toMatchObject({
    config: {
      route: {
        receiver: "topic",
        routes: [{ receiver: "null", matchers: ['alertname =~ "Watchdog|InfoInhibitor"'] }],
      },
      receivers: [
        { name: "null" },
        { name: "topic", sns_configs: [{ topic_arn: "arn:topic", sigv4: { region: "us-east-1" } }] },
      ],
    },
  });
});

test("without a topic alerts go nowhere, and Alertmanager still starts", () => {
  expect(prometheusValues(settings).alertmanager).toMatchObject({
    config: { route: { receiver: "null" }, receivers: [{ name: "null" }] },
  });
});

test("images come from the mirror, under the names of their origin", () => {
  const grafana = { adminSecret: "grafana-admin", storageGiB: 10 };
  const text = JSON.stringify(prometheusValues({ ...settings, grafana, imageMirror: "mirror.corp" }));
  const registries = text.match(/"registry":"[^"]+"/g) ?? [];

  expect(registries.filter((registry) => !registry.includes('"mirror.corp/'))).toEqual([]);
  expect(new Set(registries)).toEqual(
    new Set(
      ["quay.io", "registry.k8s.io", "ghcr.io", "docker.io"].map(
        (host) => `"registry":"mirror.corp/${host}"`,
      ),
    ),
  );
});

test("EC2's own drops are counted: the ethtool collector is on", () => {
  expect(prometheusValues(settings)["prometheus-node-exporter"]).toMatchObject({
    extraArgs: expect.arrayContaining(["--collector.ethtool"]) as unknown,
  });
});
