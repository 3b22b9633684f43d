import { fluentBitValues } from "../../../src/components/aws-for-fluent-bit/fluent-bit";
import { openTelemetryPort } from "../../../src/components/opentelemetry-operator/record";
import { openTelemetryValues } from "../../../src/components/opentelemetry-operator/open-telemetry";
import {
  collectorManifests,
  type CollectorSettings,
} from "../../../src/components/opentelemetry-operator/otel-collector";

const settings: CollectorSettings = {
  namespace: "opentelemetry",
  clusterName: "dev-us-east-1",
  region: "us-east-1",
  replicas: 2,
  traces: { kind: "xray" },
};

test("the operator does without cert-manager, and its certificate lasts for ten years", () => {
  expect(openTelemetryValues({ hostNetwork: false })).toMatchObject({
    admissionWebhooks: {
      certManager: { enabled: false },
      autoGenerateCert: { enabled: true, certPeriodDays: 3650 },
    },
  });
});

test("with an overlay the webhook is on the host, off the port that others have", () => {
  expect(openTelemetryPort(true)).not.toBe(9443);
  expect(openTelemetryValues({ hostNetwork: true })).toMatchObject({
    hostNetwork: true,
    manager: { ports: { webhookPort: openTelemetryPort(true) } },
  });
});

test("images of the operator and its collectors come from the mirror", () => {
  expect(openTelemetryValues({ hostNetwork: false, imageMirror: "mirror.corp" }).manager).toMatchObject({
    image: { repository: "mirror.corp/ghcr.io/open-telemetry/opentelemetry-operator/opentelemetry-operator" },
    collectorImage: {
      repository:
        "mirror.corp/ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-contrib",
    },
  });
});

// Pod Security Standards, "Restricted".
test("the collector may do no more than pods of teams", () => {
  expect(collectorManifests(settings).collector).toMatchObject({
    spec: {
      podSecurityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      },
    },
  });
});

test("traces go to X-Ray of the region", () => {
  expect(collectorManifests(settings).collector).toMatchObject({
    apiVersion: "opentelemetry.io/v1beta1",
    spec: {
      config: {
        exporters: { awsxray: { region: "us-east-1" } },
        service: { pipelines: { traces: { exporters: ["awsxray"] } } },
      },
    },
  });
});

test("traces go to a backend of OTLP, and metrics to Prometheus", () => {
  const { collector } = collectorManifests({
    ...settings,
    traces: { kind: "otlp", endpoint: "https://tempo.example.com" },
    metricsEndpoints: ["http://prometheus-0:9090/api/v1/otlp", "http://prometheus-1:9090/api/v1/otlp"],
  });

  expect(collector).toMatchObject({
    spec: {
      config: {
        exporters: {
          "otlphttp/traces": { endpoint: "https://tempo.example.com" },
          "otlphttp/metrics-0": { endpoint: "http://prometheus-0:9090/api/v1/otlp" },
          "otlphttp/metrics-1": { endpoint: "http://prometheus-1:9090/api/v1/otlp" },
        },
        service: {
          pipelines: {
            traces: { exporters: ["otlphttp/traces"] },
            metrics: { exporters: ["otlphttp/metrics-0", "otlphttp/metrics-1"] },
          },
        },
      },
    },
  });
});

test("without Prometheus no metrics are taken", () => {
  expect(JSON.stringify(collectorManifests(settings))).not.toContain("otlphttp/metrics");
});

test("Fluent Bit writes to the group that has a key, and makes none", () => {
  expect(fluentBitValues("us-east-1", "/aws/containerinsights/dev/application", "mirror.corp")).toMatchObject(
    {
      image: { repository: "mirror.corp/public.ecr.aws/aws-observability/aws-for-fluent-bit" },
      cloudWatchLogs: {
        region: "us-east-1",
        logGroupName: "/aws/containerinsights/dev/application",
        autoCreateGroup: false,
      },
    },
  );
});
