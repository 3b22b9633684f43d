import { Labels as KubernetesLabels } from "@cdktf/provider-kubernetes/lib/labels";
import { READINESS_GATE_LABEL } from "../../facts/load-balancer-drain";
import { HelmRelease } from "../../modules/helm-release";
import { type Installing, releasesOf, settingsOf } from "../installing";
import { nginxValues } from "./nginx-values";
import { NGINX_NAMESPACE } from "./record";

/** NGINX behind a load balancer of the AWS Load Balancer Controller. */
export function installNginx({ scope, target, placement, earlier }: Installing): HelmRelease {
  const { hostNetwork, imageMirror } = placement;
  const nginx = new HelmRelease(scope, "ingress-nginx", {
    chart: target.release.charts["ingress-nginx"],
    namespace: NGINX_NAMESPACE,
    values: nginxValues({
      hostNetwork,
      scaling: settingsOf(settingsOf(target.config.ingress, target).nginx, target).scaling,
      ...(imageMirror !== undefined && { imageMirror }),
    }),
    dependsOn: releasesOf(earlier, "aws-load-balancer-controller"),
  });
  // Helm makes the namespace. Its first pods have nobody to take over from; later ones wait for the load balancer.
  new KubernetesLabels(scope, "ingress-nginx-namespace", {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name: NGINX_NAMESPACE },
    labels: { ...READINESS_GATE_LABEL },
    dependsOn: [nginx.release],
  });
  return nginx;
}
