import { INGRESS_NAMESPACE } from "../../facts/istio-gateways";
import {
  DEFAULT_DRAIN_SECONDS,
  DEREGISTRATION_DELAY,
  deregistrationDelaySeconds,
} from "../../facts/load-balancer-drain";
import type { Manifest } from "../../modules/manifest";
import type { ApplicationLoadBalancer, IngressGatewayProps } from "./ingress-gateway-props";
import { HEALTH } from "./istio-values";

/**
 * An ALB in front of an ingress gateway: its names, and the web ACL, certificates and logs of its class. Between the two there
 * is TLS again, without a check of the gateway's certificate, which an ALB never does.
 */
export function gatewayIngress(
  { name, scheme, hosts, callers = [] }: Pick<IngressGatewayProps, "name" | "scheme" | "hosts" | "callers">,
  { encrypted }: ApplicationLoadBalancer,
): Manifest {
  const annotations = {
    scheme: scheme === "public" ? "internet-facing" : "internal",
    "target-type": "ip",
    "listen-ports": '[{"HTTP":80},{"HTTPS":443}]',
    "ssl-redirect": "443",
    ...(encrypted && { "backend-protocol": "HTTPS" }),
    "healthcheck-protocol": "HTTP",
    "healthcheck-port": HEALTH.port,
    "healthcheck-path": HEALTH.path,
    "target-group-attributes": `${DEREGISTRATION_DELAY}=${deregistrationDelaySeconds(DEFAULT_DRAIN_SECONDS.alb)}`,
    ...(callers.length > 0 && { "inbound-cidrs": [...callers].sort().join(",") }),
  };
  const service = { name, port: { number: encrypted ? 443 : 80 } };
  const http = { paths: [{ path: "/", pathType: "Prefix", backend: { service } }] };
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: {
      name,
      namespace: INGRESS_NAMESPACE,
      annotations: Object.fromEntries(
        Object.entries(annotations).map(([key, value]) => [`alb.ingress.kubernetes.io/${key}`, value]),
      ),
    },
    spec: {
      ingressClassName: scheme === "public" ? "alb-public" : "alb",
      rules: [...new Set(hosts)].sort().map((host) => ({ host, http })),
    },
  };
}
