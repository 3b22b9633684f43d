import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { type ChartValue, type ChartValues, mergeValues } from "./chart-values";
import { type ProxyEnvironment, proxyVariables } from "./network/proxy-environment";

/** How a chart hands variables to its containers that call out of the VPC, or why none of them does. */
type Placement =
  | { readonly kind: "list" | "map"; readonly path: readonly string[]; readonly noProxy?: readonly string[] }
  | { readonly kind: "values"; readonly values: (proxy: ProxyEnvironment) => ChartValues }
  | { readonly kind: "none"; readonly why: string };

const list = (path: string, noProxy?: readonly string[]): Placement => ({
  kind: "list",
  path: path.split("."),
  ...(noProxy && { noProxy }),
});
const map = (path: string): Placement => ({ kind: "map", path: path.split(".") });
const none = (why: string): Placement => ({ kind: "none", why });

const IN_CLUSTER = "calls nothing outside of the cluster";
const BY_ENDPOINT = "calls AWS services that have an endpoint in the VPC";

/**
 * Charts of the platform by name, at the versions of src/releases. What calls out: Let's Encrypt, Route 53, services of
 * AWS without an endpoint in the VPC, git and chart repositories, single sign-on, metrics' providers.
 */
const placements: Readonly<Record<string, Placement>> = {
  "cert-manager": {
    kind: "values",
    values: ({ httpProxy, httpsProxy, noProxy }) => ({
      http_proxy: httpProxy,
      https_proxy: httpsProxy,
      no_proxy: noProxy.join(","),
    }),
  },
  "external-dns": list("env"),
  // ACM, WAF and resource tagging have no endpoint of the set.
  "aws-load-balancer-controller": map("env"),
  // Prices and IAM.
  karpenter: list("controller.env"),
  keda: list("env"),
  "external-secrets": list("extraEnv"),
  // Its parts call each other by the names of their Services alone, and gRPC asks the proxy for them.
  "argo-cd": list(
    "global.env",
    ["repo-server", "server", "redis-ha-haproxy", "applicationset-controller"].map(
      (part) => `argocd-${part}`,
    ),
  ),
  "argo-rollouts": list("controller.extraEnv"),
  "aws-for-fluent-bit": list("env"),
  velero: {
    kind: "values",
    values: (proxy) => ({ configuration: { extraEnvVars: variableList(proxy) } }),
  },
  // Keys of JWT issuers.
  istiod: map("env"),
  "aws-privateca-issuer": {
    kind: "values",
    values: (proxy) => ({ env: proxyVariables(proxy) }),
  },
  "kube-prometheus-stack": {
    kind: "values",
    // Alertmanager reads no variables; its receivers go by this.
    values: (proxy) => ({
      alertmanager: {
        config: {
          global: { http_config: { proxy_url: proxy.httpsProxy, no_proxy: proxy.noProxy.join(",") } },
        },
      },
      grafana: { env: proxyVariables({ ...proxy, noProxy: [...proxy.noProxy, ".monitoring"] }) },
    }),
  },
  cilium: none(BY_ENDPOINT),
  "secrets-store-csi-driver-provider-aws": none(BY_ENDPOINT),
  "opentelemetry-operator": none(IN_CLUSTER),
  "ingress-nginx": none(IN_CLUSTER),
  "secrets-store-csi-driver": none(IN_CLUSTER),
  "metrics-server": none(IN_CLUSTER),
  vpa: none(IN_CLUSTER),
  "node-local-dns": none(IN_CLUSTER),
  "karpenter-crd": none("has no pods"),
  "prometheus-operator-crds": none("has no pods"),
  "spire-crds": none("has no pods"),
  base: none("has no pods"),
  cni: none(IN_CLUSTER),
  ztunnel: none(IN_CLUSTER),
  gateway: none("carries requests of others"),
  spire: none(IN_CLUSTER),
  "cert-manager-istio-csr": none(IN_CLUSTER),
  "prometheus-adapter": none(IN_CLUSTER),
  // Signatures of images are at their registries.
  kyverno: list("global.extraEnvVars"),
  "opentelemetry-collector": list("extraEnvs"),
  "fluent-bit": list("env"),
};

/** A construct's context would do, but a stack has children before its own constructor runs. */
const proxies = new WeakMap<TerraformStack, ProxyEnvironment>();

/** Lets every chart of a stack call out by a proxy. */
export function callOutBy(stack: TerraformStack, proxy: ProxyEnvironment | undefined): void {
  if (proxy !== undefined) proxies.set(stack, proxy);
}

/** The proxy by which pods of a construct call out; undefined: they need none. */
export function proxyFor(scope: Construct): ProxyEnvironment | undefined {
  return proxies.get(TerraformStack.of(scope));
}

/**
 * Values of a chart whose pods call out by a proxy.
 *
 * @throws Error for a chart of which nobody has said whether it calls out
 */
export function withProxy(chart: string, values: ChartValues, proxy: ProxyEnvironment): ChartValues {
  const placement = placements[chart];
  if (placement === undefined) throw new Error(`chart ${chart}: say in chart-proxy.ts how it calls out`);
  switch (placement.kind) {
    case "none":
      return values;
    case "values":
      return mergeValues(values, placement.values(proxy));
    case "map":
      return mergeValues(values, at(placement.path, proxyVariables(proxy)));
    case "list": {
      const { path, noProxy = [] } = placement;
      const known = path.reduce<ChartValue>((value, key) => (isMap(value) ? value[key] : undefined), values);
      const before = Array.isArray(known) ? (known as readonly ChartValue[]) : [];
      const variables = variableList({ ...proxy, noProxy: [...proxy.noProxy, ...noProxy] });
      return mergeValues(values, at(path, [...before, ...variables]));
    }
  }
}

/** As `env` of a container. */
export function variableList(proxy: ProxyEnvironment): ChartValues[] {
  return Object.entries(proxyVariables(proxy)).map(([name, value]) => ({ name, value }));
}

function at(path: readonly string[], value: ChartValue): ChartValues {
  const [first = "", ...rest] = path;
  return { [first]: rest.length === 0 ? value : at(rest, value) };
}

function isMap(value: ChartValue): value is ChartValues {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
