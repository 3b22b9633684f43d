import type { TargetConfig } from "../config/schema/target";
import { SPIRE_WEBHOOK_PORT } from "../modules/identity/spire-values";
import { CLOUDWATCH_WEBHOOK_PORT } from "../modules/observability/container-insights";
import { openTelemetryPort } from "../modules/observability/open-telemetry";
import { prometheusOperatorPort } from "../modules/observability/prometheus-values";
import { externalSecretsPort } from "../modules/secrets/external-secrets-values";

/** TCP ports that the control plane calls on nodes or pods, by who listens: webhooks and aggregated APIs. */
export function webhookPorts(config: TargetConfig): Record<string, number> {
  const hostNetwork = config.cni.kind === "cilium-overlay";
  const { secrets, observability, identity } = config;
  return {
    ...(secrets && secrets.delivery !== "csi" && { "external-secrets": externalSecretsPort(hostNetwork) }),
    ...(observability?.prometheus && { "prometheus-operator": prometheusOperatorPort(hostNetwork) }),
    ...(observability?.openTelemetry && { "opentelemetry-operator": openTelemetryPort(hostNetwork) }),
    ...(identity?.kind === "spire" && !hostNetwork && { "spire-controller-manager": SPIRE_WEBHOOK_PORT }),
    ...(observability?.containerInsights && { "cloudwatch-operator": CLOUDWATCH_WEBHOOK_PORT }),
  };
}
