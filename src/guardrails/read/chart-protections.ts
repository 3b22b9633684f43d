import { isFalse, isTrue, type Value } from "../../values/value";

/** A value of a chart that turns off something that protects. */
interface Protection {
  /** Chart, by the end of its name. */
  readonly chart: string;
  readonly path: readonly string[];
  readonly isOff: (value: Value) => boolean;
  readonly protects: string;
}

export const chartProtections: readonly Protection[] = [
  {
    chart: "cilium",
    path: ["policyEnforcementMode"],
    isOff: (v) => v === "never",
    protects: "network policy",
  },
  { chart: "cilium", path: ["policyAuditMode"], isOff: isTrue, protects: "network policy" },
  {
    chart: "cilium",
    path: ["hubble", "tls", "enabled"],
    isOff: isFalse,
    protects: "TLS between Hubble's parts",
  },
  {
    chart: "cilium",
    path: ["clustermesh", "apiserver", "tls", "authMode"],
    isOff: (v) => v === "legacy",
    protects: "an identity for each peer cluster",
  },
  {
    chart: "argo-cd",
    path: ["configs", "params", "server.insecure"],
    isOff: isTrue,
    protects: "TLS of the Argo CD server",
  },
  {
    chart: "argo-cd",
    path: ["configs", "cm", "users.anonymous.enabled"],
    isOff: isTrue,
    protects: "login to Argo CD",
  },
  {
    chart: "argo-cd",
    path: ["configs", "cm", "exec.enabled"],
    isOff: isTrue,
    protects: "pods from a shell in Argo CD",
  },
  {
    chart: "ingress-nginx",
    path: ["controller", "allowSnippetAnnotations"],
    isOff: isTrue,
    protects: "NGINX from configuration in annotations",
  },
  {
    chart: "ingress-nginx",
    path: ["controller", "admissionWebhooks", "enabled"],
    isOff: isFalse,
    protects: "the check of Ingress objects",
  },
  {
    chart: "kube-prometheus-stack",
    path: ["grafana", "grafana.ini", "auth.anonymous", "enabled"],
    isOff: isTrue,
    protects: "login to Grafana",
  },
  {
    chart: "external-secrets",
    path: ["webhook", "create"],
    isOff: isFalse,
    protects: "the check of ExternalSecret objects",
  },
  {
    chart: "cert-manager",
    path: ["webhook", "replicaCount"],
    isOff: (v) => v === 0,
    protects: "the check of Certificate objects",
  },
  {
    chart: "aws-load-balancer-controller",
    path: ["webhookNamespaceSelectors"],
    isOff: (v) => v === null,
    protects: "the check of pods' readiness gates",
  },
  {
    chart: "istiod",
    path: ["global", "configValidation"],
    isOff: isFalse,
    protects: "the check of Istio's objects",
  },
  {
    chart: "istiod",
    path: ["meshConfig", "enableAutoMtls"],
    isOff: isFalse,
    protects: "mutual TLS inside the mesh",
  },
  {
    chart: "karpenter",
    path: ["webhook", "enabled"],
    isOff: isFalse,
    protects: "the check of NodePool objects",
  },
  {
    chart: "kyverno",
    path: ["features", "forceFailurePolicyIgnore", "enabled"],
    isOff: isTrue,
    protects: "admission while Kyverno is away",
  },
  { chart: "gatekeeper", path: ["disableValidatingWebhook"], isOff: isTrue, protects: "admission" },
  {
    chart: "velero",
    path: ["configuration", "backupStorageLocation", "0", "config", "insecureSkipTLSVerify"],
    isOff: isTrue,
    protects: "TLS to the backup store",
  },
];
