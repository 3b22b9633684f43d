import { closeNamespace } from "../../wiring/close-namespace";
import { type Installing, releasesOf } from "../installing";
import { ArgoRollouts } from "./argo-rollouts";
import { ROLLOUTS_NAMESPACE } from "./record";

export function installArgoRollouts(stack: Installing): ArgoRollouts {
  const { scope, target, mirror, earlier } = stack;
  const { config, release } = target;
  const rollouts = new ArgoRollouts(scope, "rollouts", {
    monitored: config.observability?.prometheus !== undefined,
    ...mirror,
    chart: release.charts["argo-rollouts"],
    gatewayApi: config.traffic?.api === "gateway-api",
    // Its CRDs first, so that applications with rollouts sync.
    dependsOn: releasesOf(earlier, "argo-cd"),
  });
  closeNamespace(stack, ROLLOUTS_NAMESPACE, [rollouts.release]);
  return rollouts;
}
