import { ACME_SOLVER_IMAGE } from "../../facts/injected-containers";
import { asks } from "../chart";
import { certManagerFlows } from "./flows";
import type { ChartComponentRecord } from "../component";
import { certManagerAccounts } from "./calls";
import { onKubernetes } from "../fit";
import { pins } from "./pins";
import { certManagerWork } from "./pods";

export const CERT_MANAGER_NAMESPACE = "cert-manager";

/** Port of the webhook, which fails closed. On the host network 10250 is the kubelet's. */
export function certManagerPort(hostNetwork: boolean): number {
  return hostNetwork ? 10260 : 10250;
}

function certManagerLabels(name: string, component = name): Readonly<Record<string, string>> {
  return { app: name, "app.kubernetes.io/name": name, "app.kubernetes.io/component": component };
}

export const certManager: ChartComponentRecord<"cert-manager"> = {
  kind: "charts",
  name: "cert-manager",
  stack: "ingress",
  isUsed: ({ ingress }) => ingress?.certificates !== undefined,
  settings: ["ingress", "certificates"],
  docs: "docs/components/ingress.md",
  charts: {
    "cert-manager": {
      repository: "https://charts.jetstack.io",
      name: "cert-manager",
      podsReadAt: ["v1.21.1"],
      protections: [
        {
          path: ["webhook", "replicaCount"],
          isOff: (v) => v === 0,
          protects: "the check of Certificate objects",
        },
      ],
      requests: [
        asks("resources", 25, 96, 512),
        asks("webhook/resources", 25, 64, 256),
        // It keeps all secrets of the cluster in its memory.
        asks("cainjector/resources", 25, 128, 1024),
        asks("startupapicheck/resources", 10, 32, 128),
      ],
      callsOut: [
        {
          kind: "keys",
          path: "",
          keys: { http_proxy: "httpProxy", https_proxy: "httpsProxy", no_proxy: "noProxy" },
        },
      ],
    },
  },
  pins,
  namespaces: { [CERT_MANAGER_NAMESPACE]: { open: [10250], metrics: [9402] } },
  called: (onNodes) => ({ "cert-manager": certManagerPort(onNodes) }),
  monitors: {
    "cert-manager": {
      namespace: CERT_MANAGER_NAMESPACE,
      pods: { "app.kubernetes.io/name": "cert-manager" },
      ports: ["http-metrics"],
    },
  },
  injects: [ACME_SOLVER_IMAGE],
  registries: ["quay.io"],
  roles: { "cert-manager": "always" },
  pods: {
    "cert-manager": {
      of: "cert-manager",
      labels: certManagerLabels("cert-manager", "controller"),
      serviceAccount: "cert-manager",
      ports: { "http-metrics": 9402, "http-healthz": 9403 },
      work: certManagerWork["cert-manager"],
    },
    "cert-manager-webhook": {
      of: "cert-manager",
      labels: certManagerLabels("webhook"),
      serviceAccount: "cert-manager-webhook",
      ports: { https: 10250, healthcheck: 6080, "http-metrics": 9402 },
      hostNetwork: "webhook.hostNetwork",
      called: "cert-manager",
      work: certManagerWork["cert-manager-webhook"],
    },
    "cert-manager-cainjector": {
      of: "cert-manager",
      labels: certManagerLabels("cainjector"),
      serviceAccount: "cert-manager-cainjector",
      ports: { "http-metrics": 9402 },
      work: certManagerWork["cert-manager-cainjector"],
    },
    "cert-manager-startupapicheck": {
      of: "cert-manager",
      labels: certManagerLabels("startupapicheck"),
      serviceAccount: "cert-manager-startupapicheck",
      work: certManagerWork["cert-manager-startupapicheck"],
    },
  },
  calls: certManagerAccounts,
  fits: [
    onKubernetes(
      ">=1.21 <1.22",
      ">=1.33 <1.37",
      "1.33 to 1.36",
      "cert-manager supported releases table, 1.21",
      "2026-08",
    ),
  ],
  flows: certManagerFlows,
  crds: {
    "acme.cert-manager.io": ["Challenge", "Order"],
    "cert-manager.io": ["Certificate", "CertificateRequest", "ClusterIssuer", "Issuer"],
  },
  upgrade: { phase: "charts", restarts: "its controller and webhook; issuing waits" },
};
