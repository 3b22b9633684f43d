import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { gatewayAlbName, INGRESS_NAMESPACE, ingressRole } from "../../facts/istio-gateways";
import type { ChartValues } from "../../modules/chart-values";
import { type ChartRef, HelmRelease } from "../../modules/helm-release";
import { ManifestRelease } from "../../modules/manifest-release";
import { gatewayIngress } from "./gateway-ingress";
import type { IngressGatewayProps } from "./ingress-gateway-props";
import { gatewayValues, recordAnnotation } from "./istio-values";

/** Ports of the gateway. On that of its health the internet has nothing to look for. */
const PUBLIC_PORTS: ChartValues[] = [
  { name: "http2", port: 80, protocol: "TCP", targetPort: 80 },
  { name: "https", port: 443, protocol: "TCP", targetPort: 443 },
];

/** Values of the gateway chart for one ingress gateway. */
export function ingressGatewayValues(props: IngressGatewayProps): ChartValues {
  const { name, replicas, scheme, front, callers = [], hosts } = props;
  const gateway = { name, role: ingressRole(name), replicas };
  if (front.kind === "alb")
    return gatewayValues({
      ...gateway,
      loadBalancer: "alb",
      service: { type: "ClusterIP", ports: PUBLIC_PORTS },
      // The one hop that it trusts to tell the caller's address in X-Forwarded-For (Istio, "Gateway Network Topology").
      topology: { numTrustedProxies: 1 },
    });
  const byHeader = front.clientAddress === "proxy-protocol";
  return gatewayValues({
    ...gateway,
    scheme: scheme === "public" ? "internet-facing" : "internal",
    annotations: {
      ...(byHeader && proxyProtocol),
      ...(front.subnetIds && {
        "service.beta.kubernetes.io/aws-load-balancer-subnets": front.subnetIds.join(","),
      }),
      ...recordAnnotation(front.hasRecords ? hosts : []),
    },
    ...(byHeader && { topology: { proxyProtocol: {} } }),
    service: {
      ...((scheme === "public" || byHeader) && { ports: PUBLIC_PORTS }),
      ...(callers.length > 0 && { loadBalancerSourceRanges: [...callers].sort() }),
    },
  });
}

/**
 * The header stands before health checks, too (Elastic Load Balancing, "Edit target group attributes for your Network Load
 * Balancer"), and the port that tells of readiness takes none of it (istio/istio 1.29.6, pilot/pkg/networking/core/gateway.go:
 * the filter is on a Gateway's listeners alone). So the NLB asks whether it opens, and the pods' own probe whether it is ready.
 */
const proxyProtocol = {
  "service.beta.kubernetes.io/aws-load-balancer-proxy-protocol": "*",
  "service.beta.kubernetes.io/aws-load-balancer-healthcheck-protocol": "TCP",
};

/** One ingress gateway of the mesh. */
export function addIngressGateway(
  scope: Construct,
  props: IngressGatewayProps,
  { chart, dependsOn }: { readonly chart: ChartRef; readonly dependsOn: ITerraformDependable[] },
): void {
  const { name, front } = props;
  const { release } = new HelmRelease(scope, name, {
    chart,
    namespace: INGRESS_NAMESPACE,
    values: ingressGatewayValues(props),
    dependsOn,
  });
  if (front.kind === "nlb") return;
  new ManifestRelease(scope, gatewayAlbName(name), {
    namespace: INGRESS_NAMESPACE,
    manifests: { ingress: gatewayIngress(props, front) },
    dependsOn: [release],
  });
}
