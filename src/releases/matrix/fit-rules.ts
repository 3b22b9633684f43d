import type { Component } from "../../components/components";

/**
 * One line of a compatibility table: a component at some versions needs another one at some versions. Read only where
 * the first range holds.
 */
export interface FitRule {
  readonly component: Component;
  /** Of Kubernetes: that of the nodes is meant, which may be older than the control plane's. */
  readonly ofNodes?: true;
  /** Versions of `component` that the rule is about. */
  readonly versions: string;
  readonly needs: Component;
  readonly range: string;
  /** The range for people: `1.30 to 1.33`. */
  readonly says: string;
  /** refuse: it breaks, or upstream does not support it; warn: upstream only says what it has tested. */
  readonly level: "refuse" | "warn";
  readonly source: string;
  /** `YYYY-MM-DD`, or `YYYY-MM` where the day is not known. */
  readonly sourceDate: string;
}

const ciliumTable = "cilium/cilium Documentation/network/kubernetes/compatibility.rst, end-to-end tests";
const karpenterTable = {
  source: "aws/karpenter-provider-aws website/content/en/preview/upgrading/compatibility.md at v1.14.1",
  sourceDate: "2026-08-20",
};

const kubernetesByComponent: readonly FitRule[] = [
  needsKubernetes("cilium", ">=1.18 <1.19", ">=1.30 <1.34", "1.30 to 1.33", ciliumTable, "2026-08"),
  needsKubernetes("cilium", ">=1.19 <1.20", ">=1.32 <1.36", "1.32 to 1.35", ciliumTable, "2026-08"),
  needsKubernetes(
    "istio",
    ">=1.27 <1.28",
    ">=1.29 <1.34",
    "1.29 to 1.33",
    "Istio 1.27.0 announcement",
    "2025-08",
  ),
  needsKubernetes(
    "istio",
    ">=1.29 <1.30",
    ">=1.31 <1.36",
    "1.31 to 1.35",
    "Istio 1.29.0 announcement",
    "2026-02",
  ),
  needsKubernetes(
    "istio",
    ">=1.30 <1.31",
    ">=1.32",
    "1.32 or later",
    "istio/istio, minimum in the code of 1.30.3",
    "2026-08",
  ),
  needsKubernetes(
    "cert-manager",
    ">=1.21 <1.22",
    ">=1.33 <1.37",
    "1.33 to 1.36",
    "cert-manager supported releases table, 1.21",
    "2026-08",
  ),
  needsKubernetes(
    "metrics-server",
    ">=3.13 <3.14",
    ">=1.31",
    "1.31 or later",
    "kubernetes-sigs/metrics-server README, 0.8.x",
    "2026-06-16",
  ),
  {
    ...needsKubernetes(
      "keda",
      ">=2.20 <2.21",
      ">=1.33 <1.36",
      "1.33 to 1.35",
      "KEDA 2.20 tested versions",
      "2026-08",
    ),
    level: "warn",
  },
  {
    ...needsKubernetes(
      "velero",
      ">=12 <13",
      ">=1.33 <1.36",
      "1.33 to 1.35",
      "Velero 1.18 compatibility table",
      "2026-08",
    ),
    level: "warn",
  },
  {
    ...needsKubernetes(
      "external-secrets",
      ">=2.9 <2.10",
      ">=1.36 <1.37",
      "1.36",
      "external-secrets/external-secrets, docs/introduction/stability-support.md",
      "2026-08-08",
    ),
    level: "warn",
  },
];

/** Oldest Karpenter for each Kubernetes minor. */
const karpenterByKubernetes: readonly FitRule[] = (
  [
    ["1.32", "1.2"],
    ["1.33", "1.5"],
    ["1.34", "1.6"],
    ["1.35", "1.9"],
    ["1.36", "1.13"],
  ] as const
).map(([minor, karpenter]) => ({
  component: "kubernetes",
  versions: `~${minor}`,
  needs: "karpenter",
  range: `>=${karpenter}`,
  says: `${karpenter} or later`,
  level: "refuse",
  ...karpenterTable,
}));

const gatewayApiByConsumer: readonly FitRule[] = [
  needsBundle("cilium", "1.18", "1.3", "Gateway API CRDs of the time of Cilium 1.18, its page not read"),
  needsBundle("cilium", "1.19", "1.4", "third-party page on Cilium 1.19, Cilium's own not read"),
  needsBundle("istio", "1.27", "1.3", "istio/istio go.mod at 1.27.9"),
  needsBundle("istio", "1.29", "1.4", "istio/istio go.mod at 1.29.6"),
  needsBundle("istio", "1.30", "1.5", "istio/istio go.mod at 1.30.3"),
];

/** Charts that bring the CRDs of another one: same application version in both. */
const crdsByConsumer: readonly FitRule[] = [
  {
    component: "kube-prometheus-stack",
    versions: ">=88 <89",
    needs: "prometheus-operator-crds",
    range: ">=31 <32",
    says: "31.x",
    level: "refuse",
    source: "appVersion v0.93.1 in both Chart.yaml",
    sourceDate: "2026-08-21",
  },
  {
    component: "spire",
    versions: ">=0.30 <0.31",
    needs: "spire-crds",
    range: ">=0.6 <0.7",
    says: "0.6.x",
    level: "refuse",
    source: "spiffe/helm-charts-hardened, released together",
    sourceDate: "2026-08-02",
  },
];

/** Versions of the components that carry Kubernetes' own minor. */
const minorByKubernetes: readonly FitRule[] = ["1.33", "1.34", "1.35"].flatMap((minor) =>
  (["kube-proxy", "al2023"] as const).map((needs): FitRule => ({
    component: "kubernetes",
    ofNodes: true,
    versions: `~${minor}`,
    needs,
    range: `~${minor}`,
    says: `${minor}.x`,
    level: "refuse",
    source: "Kubernetes version skew policy; EKS offers both by minor",
    sourceDate: "2026-09-24",
  })),
);

export const fitRules: readonly FitRule[] = [
  ...kubernetesByComponent,
  ...karpenterByKubernetes,
  ...gatewayApiByConsumer,
  ...crdsByConsumer,
  ...minorByKubernetes,
];

function needsKubernetes(
  component: Component,
  versions: string,
  range: string,
  says: string,
  source: string,
  sourceDate: string,
): FitRule {
  return { component, versions, needs: "kubernetes", range, says, level: "refuse", source, sourceDate };
}

function needsBundle(component: Component, minor: string, bundle: string, source: string): FitRule {
  return {
    component,
    versions: `~${minor}`,
    needs: "gateway-api",
    range: `~${bundle}`,
    says: `v${bundle}.x`,
    level: "refuse",
    source,
    sourceDate: "2026-08",
  };
}
