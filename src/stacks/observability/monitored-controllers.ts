import type { TargetConfig } from "../../config/schema/target";
import type { MonitoredController } from "../../modules/observability/component-monitors";

/** Controllers of the stacks before observability that have metrics. */
export function monitoredControllers(config: TargetConfig): MonitoredController[] {
  const { karpenter, keda, verticalPodAutoscaler, secrets, ingress } = config;
  const there: Readonly<Record<MonitoredController, boolean>> = {
    karpenter: karpenter !== undefined,
    keda: keda !== undefined,
    "vpa-recommender": verticalPodAutoscaler !== undefined,
    "external-secrets": secrets !== undefined && secrets.delivery !== "csi",
    "secrets-store-csi-driver": secrets !== undefined && secrets.delivery !== "external-secrets",
    "load-balancer-controller": ingress !== undefined,
    "external-dns": ingress?.dns !== undefined,
    "cert-manager": ingress?.certificates !== undefined,
  };
  return (Object.keys(there) as MonitoredController[]).filter((name) => there[name]);
}
