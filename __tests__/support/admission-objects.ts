import type { ChartValue, ChartValues } from "../../src/modules/chart-values";
import type { Manifest } from "../../src/modules/manifest";

/** Objects that keep every rule, and that a test breaks in one place. */

export const REGISTRY = "111122223333.dkr.ecr.us-east-1.amazonaws.com";
const IMAGE = `${REGISTRY}/shop/api:1.4.2`;

export const container = {
  name: "api",
  image: IMAGE,
  resources: { requests: { cpu: "100m", memory: "128Mi" } },
  readinessProbe: { httpGet: { path: "/", port: 8080 } },
  securityContext: {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ["ALL"] },
    runAsNonRoot: true,
    seccompProfile: { type: "RuntimeDefault" },
  },
} as const;

export const podSpec = (over: ChartValues = {}, more: ChartValues = {}): ChartValues => ({
  containers: [{ ...container, ...over }],
  ...more,
});

export function pod(spec: ChartValues, namespace = "shop"): Manifest {
  return { apiVersion: "v1", kind: "Pod", metadata: { name: "api", namespace }, spec };
}

export function workload(kind: string, spec: ChartValues, apiVersion = "apps/v1"): Manifest {
  const template = { metadata: { labels: { app: "api" } }, spec };
  const server = { selector: { matchLabels: { app: "api" } }, template };
  const fields: Record<string, ChartValues> = {
    Job: { template: { spec: { restartPolicy: "Never", ...spec } } },
    CronJob: {
      schedule: "0 2 * * *",
      jobTemplate: { spec: { template: { spec: { restartPolicy: "Never", ...spec } } } },
    },
    StatefulSet: { ...server, serviceName: "api" },
  };
  return {
    apiVersion,
    kind,
    metadata: { name: "api", namespace: "shop" },
    spec: fields[kind] ?? server,
  };
}

interface ServiceOver {
  readonly namespace?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly spec?: ChartValues;
}

const NLB = { type: "LoadBalancer", loadBalancerClass: "service.k8s.aws/nlb" };
export const SCHEME = "service.beta.kubernetes.io/aws-load-balancer-scheme";
export const INTERNAL = "service.beta.kubernetes.io/aws-load-balancer-internal";

export function service({ namespace = "shop", annotations = {}, spec = NLB }: ServiceOver = {}): Manifest {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "api", namespace, annotations },
    spec: { selector: { app: "api" }, ports: [{ port: 443, protocol: "TCP" }], ...spec },
  };
}

export function ingress(annotations: Readonly<Record<string, string>>, namespace = "shop"): Manifest {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { name: "api", namespace, annotations },
    spec: { ingressClassName: "alb", defaultBackend: { service: { name: "api", port: { number: 80 } } } },
  };
}

export function gateway(annotations: Readonly<Record<string, string>>, namespace = "shop"): Manifest {
  return {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "Gateway",
    metadata: { name: "api", namespace },
    spec: {
      gatewayClassName: "istio",
      infrastructure: { annotations },
      listeners: [{ name: "http", port: 80, protocol: "HTTP" }],
    },
  };
}

/** What a gateway of the AWS Load Balancer Controller is made by. */
export function loadBalancerSettings(spec: ChartValues): Manifest {
  return {
    apiVersion: "gateway.k8s.aws/v1beta1",
    kind: "LoadBalancerConfiguration",
    metadata: { name: "api", namespace: "shop" },
    spec,
  };
}

/** A pod whose container lacks one field. */
export function bare(key: keyof typeof container): ChartValues {
  const kept: Record<string, ChartValue> = { ...container };
  delete kept[key];
  return { containers: [kept] };
}
