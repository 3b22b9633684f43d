import { isTrue } from "../values/value";
import { env, IN_CLUSTER } from "./chart";
import { CONTROLLER_RESTARTS, type PinnedAddon, type PinnedChart } from "./component";

export const snapshotController: PinnedAddon<"snapshot-controller"> = {
  kind: "pinned add-on",
  name: "snapshot-controller",
  pins: {
    "1.33": {
      version: "v8.6.0-eksbuild.6",
      source: "public Terraform for 1.35",
      sourceDate: "2026-09",
      verified: false,
      doubt: "seen for 1.35, not for 1.33",
    },
    "1.34": {
      version: "v8.6.0-eksbuild.6",
      source: "public Terraform for 1.35",
      sourceDate: "2026-09",
      verified: false,
      doubt: "seen for 1.35, not for 1.34",
    },
    "1.35": {
      version: "v8.6.0-eksbuild.6",
      source: "public Terraform for 1.35",
      sourceDate: "2026-09",
      verified: false,
      doubt: "seen in one configuration, not confirmed by AWS",
    },
  },
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
  pins: {
    "istio-csr": {
      "2025.09": {
        version: "v0.17.0",
        source: "cert-manager/istio-csr tag v0.17.0",
        sourceDate: "2026-08-14",
        verified: false,
        doubt: "the tag was seen, the chart in the repository was not: it is published by a step of its own",
      },
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
  pins: {
    "prometheus-adapter": {
      "2025.09": {
        version: "5.3.0",
        source: "prometheus-community/helm-charts tag prometheus-adapter-5.3.0",
        sourceDate: "2026-02-19",
        verified: true,
      },
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
  pins: {
    "opentelemetry-collector": {
      "2025.09": {
        version: "0.170.0",
        digest: "sha256:ed140b332233075c7fd15eaebba571fdf100926f08c0a5a274c7b32895315137",
        source: "open-telemetry/opentelemetry-helm-charts gh-pages index.yaml",
        sourceDate: "2026-08-20",
        verified: true,
      },
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
  pins: {
    "fluent-bit": {
      "2025.09": {
        version: "0.58.1",
        digest: "sha256:fc2235278cdb4e76befb8520464a66ff459c6d7711bbbc8755dedcc32799877b",
        source: "fluent/helm-charts gh-pages index.yaml",
        sourceDate: "2026-08-18",
        verified: true,
      },
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
  pins: {
    kyverno: {
      "2025.09": {
        version: "3.9.0",
        kubeVersion: ">=1.25.0-0",
        source: "kyverno/kyverno charts/kyverno, snapshot of the sources",
        sourceDate: "2026-08",
        verified: false,
        doubt: "neither the repository's index nor a tag was seen",
      },
    },
  },
  upgrade: { phase: "charts", restarts: "its controllers; admission waits" },
};
