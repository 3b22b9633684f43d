import { isFalse } from "../../values/value";
import { asks, env } from "../chart";
import type { ChartComponentRecord } from "../component";
import { externalSecretsAccounts } from "./calls";
import { externalSecretsCrds, undeliveredSecretKinds } from "./kinds";
import { onKubernetes } from "../fit";
import { pins } from "./pins";
import { externalSecretsWork } from "./pods";

export const EXTERNAL_SECRETS_NAMESPACE = "external-secrets";

/** Port of the webhook, which fails closed. On the host network 10250 is the kubelet's. */
export function externalSecretsPort(hostNetwork: boolean): number {
  return hostNetwork ? 10270 : 10250;
}

export const externalSecrets: ChartComponentRecord<"external-secrets"> = {
  kind: "charts",
  name: "external-secrets",
  title: "External Secrets",
  stack: "secrets",
  isUsed: ({ secrets }) => secrets !== undefined && secrets.delivery !== "csi",
  settings: ["secrets"],
  docs: "docs/components/secrets.md",
  charts: {
    "external-secrets": {
      repository: "https://charts.external-secrets.io",
      name: "external-secrets",
      podsReadAt: ["2.9.0"],
      protections: [
        { path: ["webhook", "create"], isOff: isFalse, protects: "the check of ExternalSecret objects" },
      ],
      requests: [
        asks("resources", 25, 128, 512),
        asks("webhook/resources", 25, 64, 256),
        asks("certController/resources", 25, 64, 256),
      ],
      callsOut: [env("extraEnv")],
    },
  },
  pins,
  namespaces: { [EXTERNAL_SECRETS_NAMESPACE]: { open: [10250], metrics: [8080] } },
  called: (onNodes) => ({ "external-secrets": externalSecretsPort(onNodes) }),
  monitors: {
    "external-secrets": {
      namespace: EXTERNAL_SECRETS_NAMESPACE,
      pods: { "app.kubernetes.io/name": "external-secrets" },
      ports: ["metrics"],
    },
  },
  registries: ["ghcr.io"],
  roles: { "external-secrets": "always" },
  pods: {
    "external-secrets": {
      of: "external-secrets",
      labels: { "app.kubernetes.io/name": "external-secrets" },
      serviceAccount: "external-secrets",
      ports: { metrics: 8080 },
      work: externalSecretsWork["external-secrets"],
    },
    "external-secrets-webhook": {
      of: "external-secrets",
      labels: { "app.kubernetes.io/name": "external-secrets-webhook" },
      serviceAccount: "external-secrets-webhook",
      ports: { metrics: 8080, webhook: 10250 },
      hostNetwork: "webhook.hostNetwork",
      called: "external-secrets",
      work: externalSecretsWork["external-secrets-webhook"],
    },
    "external-secrets-cert-controller": {
      of: "external-secrets",
      labels: { "app.kubernetes.io/name": "external-secrets-cert-controller" },
      serviceAccount: "external-secrets-cert-controller",
      ports: { metrics: 8080 },
      work: externalSecretsWork["external-secrets-cert-controller"],
    },
  },
  calls: externalSecretsAccounts,
  fits: [
    {
      ...onKubernetes(
        ">=2.9 <2.10",
        ">=1.36 <1.37",
        "1.36",
        "external-secrets/external-secrets, docs/introduction/stability-support.md",
        "2026-08-08",
      ),
      level: "warn",
    },
  ],
  crds: externalSecretsCrds,
  undelivered: undeliveredSecretKinds,
  upgrade: { phase: "charts", restarts: "its controller and webhook; secrets that exist stay" },
};
