import { Fault } from "../text/errors";
import { kubernetes } from "./kubernetes/record";
import { eksPodIdentityAgent } from "./eks-pod-identity-agent/record";
import { gatewayApi } from "./gateway-api/record";
import { cilium } from "./cilium/record";
import { vpcCni } from "./vpc-cni/record";
import { kubeProxy } from "./kube-proxy/record";
import { al2023 } from "./al2023/record";
import { bottlerocket } from "./bottlerocket/record";
import { coredns } from "./coredns/record";
import { nodeLocalDns } from "./node-local-dns/record";
import { awsEbsCsiDriver } from "./aws-ebs-csi-driver/record";
import { karpenter } from "./karpenter/record";
import { metricsServer } from "./metrics-server/record";
import { keda } from "./keda/record";
import { vpa } from "./vpa/record";
import { externalSecrets } from "./external-secrets/record";
import { secretsStoreCsiDriver } from "./secrets-store-csi-driver/record";
import { secretsStoreCsiDriverProviderAws } from "./secrets-store-csi-driver-provider-aws/record";
import { awsLoadBalancerController } from "./aws-load-balancer-controller/record";
import { externalDns } from "./external-dns/record";
import { certManager } from "./cert-manager/record";
import { ingressNginx } from "./ingress-nginx/record";
import { prometheusOperatorCrds } from "./prometheus-operator-crds/record";
import { kubePrometheusStack } from "./kube-prometheus-stack/record";
import { amazonCloudwatchObservability } from "./amazon-cloudwatch-observability/record";
import { awsForFluentBit } from "./aws-for-fluent-bit/record";
import { opentelemetryOperator } from "./opentelemetry-operator/record";
import { argoCd } from "./argo-cd/record";
import { argoRollouts } from "./argo-rollouts/record";
import { awsPrivatecaIssuer } from "./aws-privateca-issuer/record";
import { istio } from "./istio/record";
import { spireCrds } from "./spire-crds/record";
import { spire } from "./spire/record";
import { velero } from "./velero/record";
import {
  snapshotController,
  istioCsr,
  prometheusAdapter,
  opentelemetryCollector,
  fluentBit,
  kyverno,
} from "./not-installed";
import type { ChartFacts } from "./chart";
import type { BroughtAlong, ComponentRecord, InstalledRecord } from "./component";

/** What stacks install, in some configuration: stack by stack, and in order of what is there first. */
export const installed = [
  // cluster
  kubernetes,
  eksPodIdentityAgent,
  // cni
  gatewayApi,
  vpcCni,
  kubeProxy,
  cilium,
  // nodes
  al2023,
  bottlerocket,
  coredns,
  nodeLocalDns,
  awsEbsCsiDriver,
  // autoscaling
  karpenter,
  metricsServer,
  keda,
  vpa,
  // secrets
  externalSecrets,
  secretsStoreCsiDriver,
  secretsStoreCsiDriverProviderAws,
  // ingress
  awsLoadBalancerController,
  externalDns,
  certManager,
  ingressNginx,
  // observability
  prometheusOperatorCrds,
  kubePrometheusStack,
  amazonCloudwatchObservability,
  awsForFluentBit,
  opentelemetryOperator,
  // gitops
  argoCd,
  argoRollouts,
  // mesh
  awsPrivatecaIssuer,
  istio,
  // identity
  spireCrds,
  spire,
  // backup
  velero,
] as const;

/** What releases pin and no stack installs. */
export const pinnedOnly = [
  snapshotController,
  istioCsr,
  prometheusAdapter,
  opentelemetryCollector,
  fluentBit,
  kyverno,
] as const;

type Installed = (typeof installed)[number];
type PinnedOnly = (typeof pinnedOnly)[number];
type OfKind<Kind extends (Installed | PinnedOnly)["kind"]> = Extract<Installed | PinnedOnly, { kind: Kind }>;
type ChartsOf<Record> = Record extends { readonly charts: infer Charts } ? keyof Charts & string : never;

/** What has no installer of its own: the cluster itself, images, and what another component's installer brings along. */
type WithoutInstaller = { readonly kind: "control plane" | "node image" } | BroughtAlong<string>;

export type InstalledComponent = Installed["name"];
export type ComponentWithInstaller = Exclude<Installed, WithoutInstaller>["name"];
export type Component = InstalledComponent | PinnedOnly["name"];
export type AddonName = OfKind<"add-on" | "pinned add-on">["name"];
export type AmiName = OfKind<"node image">["name"];
/** Charts by what they are called here; ChartFacts.name is what their repository calls them. */
export type ChartName = ChartsOf<Installed | PinnedOnly>;
/** What a config can give another version, and what consists of charts. */
export type ChartComponent = OfKind<"charts" | "pinned chart">["name"];

const all: readonly (Installed | PinnedOnly)[] = [...installed, ...pinnedOnly];

/** Everything that has a version of its own, in order of what is there first. */
export const components: readonly Component[] = all.map(({ name }) => name);

export const addonNames: readonly AddonName[] = all.flatMap((each) =>
  each.kind === "add-on" || each.kind === "pinned add-on" ? [each.name] : [],
);
export const amiNames: readonly AmiName[] = installed.flatMap((each) =>
  each.kind === "node image" ? [each.name] : [],
);

const withCharts = all.flatMap((each) =>
  each.kind === "charts" || each.kind === "pinned chart" ? [each] : [],
);
export const chartComponents: readonly ChartComponent[] = withCharts.map(({ name }) => name);

/** Charts by their names here. */
export const charts = Object.assign({}, ...withCharts.map(({ charts }) => charts)) as Readonly<
  Record<ChartName, ChartFacts>
>;
export const chartNames = Object.keys(charts) as readonly ChartName[];

const byName = new Map<Component, ComponentRecord>(all.map((each) => [each.name, each]));
const installedByName = new Map<Component, InstalledRecord>(installed.map((each) => [each.name, each]));

/** What is known of a component. */
export function recordOf(name: Component): ComponentRecord {
  const record = byName.get(name);
  if (record === undefined) throw new Fault(`component ${name} has no record`);
  return record;
}

/** The same of one that stacks install; undefined of the others. */
export function installedRecord(name: Component): InstalledRecord | undefined {
  return installedByName.get(name);
}

/** The charts of a component; the first one's version is the component's. */
export function chartsOf(name: ChartComponent): readonly [ChartName, ...ChartName[]] {
  const record = recordOf(name);
  const [first, ...others] = "charts" in record ? (Object.keys(record.charts) as ChartName[]) : [];
  if (first === undefined) throw new Fault(`component ${name} has no chart`);
  return [first, ...others];
}

/** What is known of a chart by the name that its repository has for it; undefined of a chart that is not the platform's. */
export function factsOfChart(name: string): ChartFacts | undefined {
  return Object.values(charts).find((each) => each.name === name);
}

/** A component's name in a sentence. */
export function title(name: Component): string {
  return recordOf(name).title ?? name;
}
