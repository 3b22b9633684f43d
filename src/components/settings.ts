// Made by npm run docs from the list of components and their folders.
import { containerInsights } from "./amazon-cloudwatch-observability/settings";
import { gitops } from "./argo-cd/settings";
import { logShipper } from "./aws-for-fluent-bit/settings";
import { loadBalancers } from "./aws-load-balancer-controller/settings";
import { certificates } from "./cert-manager/settings";
import { dns } from "./external-dns/settings";
import { nginx } from "./ingress-nginx/settings";
import { karpenter } from "./karpenter/settings";
import { keda } from "./keda/settings";
import { prometheus } from "./kube-prometheus-stack/settings";
import { metricsServer } from "./metrics-server/settings";
import { openTelemetry } from "./opentelemetry-operator/settings";
import { backup } from "./velero/settings";
import { verticalPodAutoscaler } from "./vpa/settings";

/** Sections of a configuration that are a component's, by its stack: in order of the list of components. */
export const sectionsOf = {
  network: {},
  cluster: {},
  cni: {},
  nodes: {},
  autoscaling: { karpenter, metricsServer, keda, verticalPodAutoscaler },
  secrets: {},
  ingress: {},
  policies: {},
  observability: {},
  gitops: { gitops },
  mesh: {},
  identity: {},
  backup: { backup },
  workloads: {},
  federation: {},
};

/** Keys of other sections that are a component's, by their section: in order of the list of components. */
export const keysOf = {
  ingress: { loadBalancers, dns, certificates, nginx },
  observability: { prometheus, containerInsights, logShipper, openTelemetry },
};
