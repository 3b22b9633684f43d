import type { TargetConfig } from "../config/schema/target";

/** Of istiod: what makes sidecars and judges Istio's objects (Istio, "Ports used by Istio"). */
const ISTIOD_WEBHOOK_PORT = 15017;

/** TCP ports that the control plane calls on nodes or pods, by who listens: webhooks and aggregated APIs. */
export function webhookPorts({ mesh }: Pick<TargetConfig, "mesh">): Record<string, number> {
  return { ...(mesh && { istiod: ISTIOD_WEBHOOK_PORT }) };
}
