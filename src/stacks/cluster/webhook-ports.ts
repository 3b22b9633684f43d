import { isCalledOnNodes } from "../../model/pod-network";
import { istioOf } from "../../model/mesh";
import type { TargetConfig } from "../../config/schema/target";
import { kedaPorts } from "../../components/keda/keda-values";
import { metricsServerPort } from "../../components/metrics-server/metrics-server";
import { VPA_WEBHOOK_PORT } from "../../components/vpa/vpa-values";
import { certManagerPort } from "../../components/cert-manager/cert-manager-values";
import { NGINX_WEBHOOK_PORT } from "../../components/ingress-nginx/nginx-values";
import { LOAD_BALANCER_CONTROLLER_PORT } from "../../components/aws-load-balancer-controller/load-balancer-controller-values";
import { SPIRE_WEBHOOK_PORT } from "../../components/spire/spire-values";
import { CLOUDWATCH_WEBHOOK_PORT } from "../../components/amazon-cloudwatch-observability/container-insights";
import { openTelemetryPort } from "../../components/opentelemetry-operator/open-telemetry";
import { scrapedNodePorts } from "../../modules/observability/scrape-monitors";
import { prometheusOperatorPort } from "../../components/kube-prometheus-stack/prometheus-values";
import { externalSecretsPort } from "../../components/external-secrets/external-secrets-values";

/** Of istiod: what makes sidecars and judges Istio's objects (Istio, "Ports used by Istio"). */
const ISTIOD_WEBHOOK_PORT = 15017;

/** TCP ports that the control plane calls on nodes or pods, by who listens: webhooks and aggregated APIs. */
export function webhookPorts(config: TargetConfig): Record<string, number> {
  const hostNetwork = isCalledOnNodes(config);
  const { metricsApi, webhook } = kedaPorts(hostNetwork);
  const { observability, identity } = config;
  return {
    ...(config.metricsServer && { "metrics-server": metricsServerPort(hostNetwork) }),
    ...(config.keda && { "keda-metrics": metricsApi, "keda-webhooks": webhook }),
    ...(config.secrets &&
      config.secrets.delivery !== "csi" && { "external-secrets": externalSecretsPort(hostNetwork) }),
    ...(config.ingress && { "load-balancer-controller": LOAD_BALANCER_CONTROLLER_PORT }),
    ...(config.ingress?.certificates && { "cert-manager": certManagerPort(hostNetwork) }),
    ...(config.ingress?.nginx && { "ingress-nginx": NGINX_WEBHOOK_PORT }),
    ...(istioOf(config.mesh) && { istiod: ISTIOD_WEBHOOK_PORT }),
    ...(config.verticalPodAutoscaler?.mode === "act" && { vpa: VPA_WEBHOOK_PORT }),
    ...(observability?.prometheus && { "prometheus-operator": prometheusOperatorPort(hostNetwork) }),
    ...(observability?.openTelemetry && { "opentelemetry-operator": openTelemetryPort(hostNetwork) }),
    ...(identity?.kind === "spire" && !hostNetwork && { "spire-controller-manager": SPIRE_WEBHOOK_PORT }),
    ...(observability?.containerInsights && { "cloudwatch-operator": CLOUDWATCH_WEBHOOK_PORT }),
  };
}

/** TCP ports of nodes that Prometheus reads, by who listens. */
export function scrapedPorts({ observability, ingress }: TargetConfig): Record<string, number> {
  if (observability?.prometheus === undefined) return {};
  const { "load-balancer-controller": controller, ...always } = scrapedNodePorts;
  return { ...always, ...(ingress && { "load-balancer-controller": controller }) };
}
