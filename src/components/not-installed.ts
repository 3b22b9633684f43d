import { isTrue } from "../values/value";
import { env, IN_CLUSTER } from "./chart";
import { CONTROLLER_RESTARTS, type PinnedAddon, type PinnedChart } from "./component";

export const snapshotController: PinnedAddon<"snapshot-controller"> = {
  kind: "pinned add-on",
  name: "snapshot-controller",
  upgrade: { phase: "add-ons", restarts: CONTROLLER_RESTARTS },
};

export const istioCsr: PinnedChart<"istio-csr"> = {
  kind: "pinned chart",
  name: "istio-csr",
  charts: {
    "istio-csr": {
      repository: "https://charts.jetstack.io",
      name: "cert-manager-istio-csr",
      callsOut: IN_CLUSTER,
    },
  },
  upgrade: { phase: "charts", restarts: "it; new workloads wait for certificates" },
};

export const prometheusAdapter: PinnedChart<"prometheus-adapter"> = {
  kind: "pinned chart",
  name: "prometheus-adapter",
  charts: {
    "prometheus-adapter": {
      repository: "https://prometheus-community.github.io/helm-charts",
      name: "prometheus-adapter",
      callsOut: IN_CLUSTER,
    },
  },
  upgrade: { phase: "charts", restarts: "it; autoscalers by its metrics wait meanwhile" },
};

export const opentelemetryCollector: PinnedChart<"opentelemetry-collector"> = {
  kind: "pinned chart",
  name: "opentelemetry-collector",
  charts: {
    "opentelemetry-collector": {
      repository: "https://open-telemetry.github.io/opentelemetry-helm-charts",
      name: "opentelemetry-collector",
      callsOut: [env("extraEnvs")],
    },
  },
  upgrade: { phase: "charts", restarts: "the collectors; telemetry in flight can be lost" },
};

export const fluentBit: PinnedChart<"fluent-bit"> = {
  kind: "pinned chart",
  name: "fluent-bit",
  charts: {
    "fluent-bit": {
      repository: "https://fluent.github.io/helm-charts",
      name: "fluent-bit",
      callsOut: [env("env")],
    },
  },
  upgrade: { phase: "charts", restarts: "the shipper of each node in turn; logs are sent late" },
};

export const kyverno: PinnedChart<"kyverno"> = {
  kind: "pinned chart",
  name: "kyverno",
  charts: {
    kyverno: {
      repository: "https://kyverno.github.io/kyverno/",
      name: "kyverno",
      protections: [
        {
          path: ["features", "forceFailurePolicyIgnore", "enabled"],
          isOff: isTrue,
          protects: "admission while Kyverno is away",
        },
      ],
      // Signatures of images are at their registries.
      callsOut: [env("global.extraEnvVars")],
    },
  },
  upgrade: { phase: "charts", restarts: "its controllers; admission waits" },
};
