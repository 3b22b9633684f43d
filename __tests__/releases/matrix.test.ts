import { fitRules } from "../../src/releases/matrix/fit-rules";
import { misfits } from "../../src/releases/matrix/matrix";
import type { FitSettings } from "../../src/releases/matrix/setting-rules";
import { settingRules } from "../../src/releases/matrix/setting-rules";
import { withOverrides } from "../../src/releases/overrides";
import { releases } from "../../src/releases/releases";
import { inRange } from "../../src/text/versions";
import type { Component } from "../../src/components/components";

const reason = "a test of the matrix";

function with202611(versions: Partial<Record<Component, string>>) {
  const overrides = Object.fromEntries(
    Object.entries(versions).map(([name, version]) => [name, { version, reason }]),
  );
  return withOverrides(releases["2026.11"], overrides);
}

function messages(versions: Partial<Record<Component, string>>, level = "refuse"): string[] {
  return misfits(with202611(versions))
    .filter((misfit) => misfit.level === level)
    .map(({ message }) => message);
}

const ciliumTests =
  "cilium/cilium Documentation/network/kubernetes/compatibility.rst, end-to-end tests, 2026-08";
const karpenterTable =
  "aws/karpenter-provider-aws website/content/en/preview/upgrading/compatibility.md at v1.14.1, 2026-08-20";

test.each<[string, Partial<Record<Component, string>>, string]>([
  [
    "Kubernetes by Cilium",
    { cilium: "1.18.12" },
    `Cilium 1.18.12 needs Kubernetes 1.30 to 1.33, not 1.35 (${ciliumTests})`,
  ],
  [
    "Kubernetes by Istio 1.27",
    { istio: "1.27.9" },
    "Istio 1.27.9 needs Kubernetes 1.29 to 1.33, not 1.35 (Istio 1.27.0 announcement, 2025-08)",
  ],
  [
    "Gateway API by Cilium",
    { "gateway-api": "v1.3.0" },
    "Cilium 1.19.6 needs Gateway API v1.4.x, not v1.3.0 (third-party page on Cilium 1.19, Cilium's own not read, 2026-08)",
  ],
  [
    "Gateway API by Istio",
    { istio: "1.30.3" },
    "Istio 1.30.3 needs Gateway API v1.5.x, not v1.4.1 (istio/istio go.mod at 1.30.3, 2026-08)",
  ],
  [
    "Karpenter by Kubernetes",
    { karpenter: "1.8.2" },
    `Kubernetes 1.35 needs Karpenter 1.9 or later, not 1.8.2 (${karpenterTable})`,
  ],
  [
    "Karpenter by an earlier Kubernetes",
    { kubernetes: "1.33", karpenter: "1.4.0" },
    `Kubernetes 1.33 needs Karpenter 1.5 or later, not 1.4.0 (${karpenterTable})`,
  ],
  [
    "kube-proxy by Kubernetes",
    { "kube-proxy": "v1.34.6-eksbuild.29" },
    "Kubernetes 1.35 needs kube-proxy 1.35.x, not v1.34.6-eksbuild.29 (Kubernetes version skew policy; EKS offers both by minor, 2026-09-24)",
  ],
  [
    "the node image by Kubernetes",
    { al2023: "1.34.9-20260714" },
    "Kubernetes 1.35 needs al2023 1.35.x, not 1.34.9-20260714 (Kubernetes version skew policy; EKS offers both by minor, 2026-09-24)",
  ],
  [
    "CRDs of the Prometheus operator",
    { "prometheus-operator-crds": "30.0.0" },
    "kube-prometheus-stack 88.5.3 needs prometheus-operator-crds 31.x, not 30.0.0 (appVersion v0.93.1 in both Chart.yaml, 2026-08-21)",
  ],
  [
    "CRDs of SPIRE",
    { "spire-crds": "0.5.0" },
    "spire 0.30.0 needs spire-crds 0.6.x, not 0.5.0 (spiffe/helm-charts-hardened, released together, 2026-08-02)",
  ],
])("refuses %s", (_, versions, message) => {
  expect(messages(versions)).toContain(message);
});

test.each(
  fitRules.map(
    (rule) => [`${rule.component} ${rule.versions} with ${rule.needs} ${rule.range}`, rule] as const,
  ),
)("%s: ranges that can be read, a source and its date", (_, { versions, range, source, sourceDate }) => {
  expect(() => [versions, range].map((each) => inRange("1.0.0", each))).not.toThrow();
  expect(source).not.toBe("");
  expect(sourceDate).toMatch(/^20\d\d-\d\d(-\d\d)?$/);
});

test("warns where upstream only says what it has tested", () => {
  expect(messages({}, "warn")).toEqual([
    "External Secrets 2.9.0 is tested upstream only with Kubernetes 1.36, not 1.35 (external-secrets/external-secrets, docs/introduction/stability-support.md, 2026-08-08)",
  ]);
});

test("warns of a version that no rule knows", () => {
  expect(messages({ cilium: "1.20.0" }, "warn")).toContain(
    "no rule of the matrix knows Cilium 1.20.0, so nothing says that it fits",
  );
});

test("refuses a Kubernetes that a chart's own kubeVersion excludes", () => {
  const release = releases["2026.11"];
  const charts = { ...release.charts, velero: { ...release.charts.velero, kubeVersion: ">=1.36.0-0" } };
  expect(misfits({ ...release, charts }).map(({ message }) => message)).toContain(
    "chart velero 12.1.0 refuses Kubernetes 1.35 (kubeVersion >=1.36.0-0 of its Chart.yaml)",
  );
});

const eni: FitSettings = { cni: "cilium-eni", networkPolicyAgent: false };
const forIstio = {
  exclusive: false,
  socketLbHostNamespaceOnly: true,
  bpfMasquerade: false,
  hostLegacyRouting: true,
};
const sidecar = { dataPlane: "sidecar" } as const;

/** The settings that break exactly one rule, and their neighbours that break none. */
const settingCases: [string, FitSettings, FitSettings][] = [
  [
    "istio-cni-exclusive",
    { ...eni, istio: sidecar, cilium: { ...forIstio, exclusive: undefined } },
    { ...eni, istio: sidecar, cilium: forIstio },
  ],
  [
    "istio-socket-lb",
    { ...eni, istio: sidecar, cilium: { ...forIstio, socketLbHostNamespaceOnly: false } },
    { ...eni, cni: "cilium-chaining", istio: sidecar, cilium: { exclusive: false } },
  ],
  [
    "istio-ambient-masquerade",
    { ...eni, istio: { dataPlane: "ambient" }, cilium: { ...forIstio, bpfMasquerade: true } },
    { ...eni, istio: sidecar, cilium: { ...forIstio, bpfMasquerade: true } },
  ],
  [
    "istio-ambient-host-routing",
    { ...eni, istio: { dataPlane: "ambient" }, cilium: { ...forIstio, hostLegacyRouting: false } },
    { ...eni, istio: sidecar, cilium: { ...forIstio, hostLegacyRouting: false } },
  ],
  [
    "istio-overlay-webhook",
    { ...eni, cni: "cilium-overlay", istio: sidecar, cilium: forIstio },
    {
      ...eni,
      cni: "cilium-overlay",
      istio: { dataPlane: "sidecar", istiodOnHostNetwork: true },
      cilium: forIstio,
    },
  ],
  ["aws-gateways-bundle", { ...eni, awsGateways: true }, eni],
];

test.each(settingCases)("refuses %s and not its neighbour", (id, broken, fine) => {
  const [rule] = settingRules.filter((each) => each.id === id);
  const refused = (settings: FitSettings) =>
    misfits(releases["2026.11"], settings).filter(({ level }) => level === "refuse");
  expect(refused(broken)).toEqual([
    expect.objectContaining({
      message: `${rule?.says} (${rule?.source}, ${rule?.sourceDate})`,
      remedy: rule?.remedy,
    }),
  ]);
  expect(refused(fine)).toEqual([]);
});

test("refuses the network policy agent of a VPC CNI with CVE-2026-86831, and only where it runs", () => {
  const release = with202611({ "vpc-cni": "v1.22.3-eksbuild.1" });
  const refused = (networkPolicyAgent: boolean) => misfits(release, { cni: "vpc-cni", networkPolicyAgent });
  expect(refused(true).map(({ message }) => message)).toContain(
    "the network policy agent of this VPC CNI can apply a policy to the wrong pod (AWS Security Bulletin 2026-113, CVE-2026-86831, 2026-09-16)",
  );
  expect(refused(false).filter(({ level }) => level === "refuse")).toEqual([]);
});

test("every rule about settings has a case here", () => {
  expect(
    [...settingCases.map(([id]) => id), "vpc-cni-network-policy", "cilium-prefix-fallback"].sort(),
  ).toEqual(settingRules.map(({ id }) => id).sort());
});

// cilium/cilium release notes of v1.18.14, v1.19.8 and v1.20.2 (PR 48193): pkg/aws/ipam/node.go, AllocateIPs.
test.each([
  ["1.18.12", true],
  ["1.18.14", false],
  ["1.19.6", true],
  ["1.19.8", false],
  ["1.20.1", true],
  ["1.20.2", false],
])(
  "Cilium %s with prefixes that gives a node no address when a subnet runs out of blocks is warned of: %s",
  (cilium, warned) => {
    const found = (ciliumPrefixes: boolean) =>
      misfits(with202611({ cilium }), {
        cni: "cilium-eni",
        networkPolicyAgent: false,
        ciliumPrefixes,
      }).filter(({ message }) => message.includes("never returns to prefixes"));

    expect(found(true).map(({ level }) => level)).toEqual(warned ? ["warn"] : []);
    expect(found(false)).toEqual([]);
  },
);
