/** Where Gateway API releases lie. */
export const GATEWAY_API = "https://github.com/kubernetes-sigs/gateway-api/releases/download";

/** The experimental channel's manifests: Cilium and Istio read kinds that only it has (TLSRoute). */
export function bundleUrl(version: string, base = GATEWAY_API): string {
  return `${base}/${version}/experimental-install.yaml`;
}
