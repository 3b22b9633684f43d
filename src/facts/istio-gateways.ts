/** The gateways are apart from the control plane, so that rules can name them by their namespace. */
export const INGRESS_NAMESPACE = "istio-ingress";

const RELEASE = "istio-ingressgateway";

/**
 * Name of an ingress gateway's release, Service, Deployment and service account: the chart gives all four the release's
 * (istio/istio 1.29.6, manifests/charts/gateway/templates/_helpers.tpl).
 *
 * @param key in mesh.ingressGateways; left out: that of mesh.ingressGateway
 */
export function ingressGatewayName(key?: string): string {
  return key === undefined ? RELEASE : `${RELEASE}-${key}`;
}

/** Value of the label `istio` on the pods of a gateway, by which Gateways and policies select them. */
export function ingressRole(name: string): string {
  return name.replace(/^istio-/, "");
}

/** Name of the release with the ALB in front of a gateway. */
export function gatewayAlbName(name: string): string {
  return `alb-${name}`;
}
