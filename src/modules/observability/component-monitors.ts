import type { Manifest } from "../manifest-release";
import { podMonitor } from "./pod-monitor";

/**
 * Controllers that come before Prometheus, so that their charts can't bring a monitor: the kind is not there yet. By
 * namespace, labels of the pods and name of the port, as their charts render them.
 */
const CONTROLLERS = {
  karpenter: ["kube-system", { "app.kubernetes.io/name": "karpenter" }, "http-metrics"],
  keda: ["keda", { app: "keda-operator" }, "metrics"],
  "vpa-recommender": [
    "kube-system",
    { "app.kubernetes.io/name": "vpa", "app.kubernetes.io/component": "recommender" },
    "metrics",
  ],
  "external-secrets": ["external-secrets", { "app.kubernetes.io/name": "external-secrets" }, "metrics"],
  "secrets-store-csi-driver": ["kube-system", { app: "secrets-store-csi-driver" }, "metrics"],
  "load-balancer-controller": [
    "kube-system",
    { "app.kubernetes.io/name": "aws-load-balancer-controller" },
    "metrics-server",
  ],
  "external-dns": ["external-dns", { "app.kubernetes.io/name": "external-dns" }, "http"],
  "cert-manager": ["cert-manager", { "app.kubernetes.io/name": "cert-manager" }, "http-metrics"],
} as const satisfies Record<string, readonly [string, Readonly<Record<string, string>>, string]>;

export type MonitoredController = keyof typeof CONTROLLERS;

/** Monitors of the controllers that a target has. */
export function controllerMonitors(there: readonly MonitoredController[]): Record<string, Manifest> {
  return Object.fromEntries(
    there.map((name) => {
      const [namespace, labels, port] = CONTROLLERS[name];
      return [name, podMonitor(name, namespace, labels, [port])];
    }),
  );
}
