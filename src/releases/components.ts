import { type AddonName, addonNames, type ChartName, chartNames, type Pin, type Release } from "./release";

/**
 * What a config can give another version, and what it consists of: charts that only work at one version of all are one
 * component.
 */
const chartGroups = {
  karpenter: ["karpenter-crd", "karpenter"],
  istio: ["istio-base", "istiod", "istio-cni", "ztunnel", "istio-gateway"],
} as const;
type Grouped = (typeof chartGroups)[keyof typeof chartGroups][number];
type SingleChart = Exclude<ChartName, Grouped>;

const grouped: ReadonlySet<ChartName> = new Set(Object.values(chartGroups).flat());
const isSingle = (name: ChartName): name is SingleChart => !grouped.has(name);

export type ChartComponent = SingleChart | keyof typeof chartGroups;
export const chartComponents: readonly ChartComponent[] = [
  ...chartNames.filter(isSingle),
  "karpenter",
  "istio",
];

export const amiNames = ["al2023", "bottlerocket"] as const;
export type AmiName = (typeof amiNames)[number];

export type Component = "kubernetes" | "gateway-api" | AddonName | AmiName | ChartComponent;

/** The charts of a component; the first one's version is the component's. */
export function chartsOf(component: ChartComponent): readonly [ChartName, ...ChartName[]] {
  return component === "karpenter" || component === "istio" ? chartGroups[component] : [component];
}

/** Everything that has a version of its own, in order of what is there first. */
export const components: readonly Component[] = [
  "kubernetes",
  ...addonNames,
  ...amiNames,
  "gateway-api",
  ...chartComponents,
];

/** What releases pin so that whoever installs them knows what fits. No stack does, so a config has nothing to replace. */
const notInstalled = [
  "snapshot-controller",
  "istio-csr",
  "prometheus-adapter",
  "opentelemetry-collector",
  "fluent-bit",
  "kyverno",
] as const satisfies readonly Component[];

/** What stacks install, in some configuration. */
export type InstalledComponent = Exclude<Component, (typeof notInstalled)[number]>;

export function isInstalled(component: Component): component is InstalledComponent {
  return !isOneOf(notInstalled, component);
}

export function pinOf(release: Release, component: Component): Pin {
  if (component === "kubernetes") return release.kubernetes;
  if (component === "gateway-api") return release.gatewayApi;
  if (isOneOf(addonNames, component)) return release.addons[component];
  if (isOneOf(amiNames, component)) return release.amis[component];
  return release.charts[chartsOf(component)[0]];
}

/** Kubernetes of nodes and add-ons: the control plane's, unless a config keeps them behind it. */
export function nodesPin({ nodes, kubernetes }: Release): Pin {
  return nodes ?? kubernetes;
}

export function isOneOf<T extends string>(names: readonly T[], name: string): name is T {
  return names.some((each) => each === name);
}
