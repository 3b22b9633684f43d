import type { Manifest } from "../../modules/manifest";
import { ARGO_CD_SERVER } from "./record";

/** Port of the pods. They speak TLS with a certificate that they make themselves. */
export const ARGO_CD_SERVER_PORT = 8080;
const SERVICE_PORT = 443;

/** How requests to the name get to the server. */
export type ArgoCdWay =
  | {
      readonly kind: "alb";
      readonly class: "alb" | "alb-public";
      readonly group?: string;
      readonly certificateArns: readonly string[];
      readonly targetType: "ip" | "instance";
    }
  | {
      readonly kind: "istio";
      readonly api: "istio" | "gateway-api";
      readonly gateway: string;
      readonly gatewayNamespace: string;
      /** Name of the ingress gateway that leads requests. */
      readonly carrier: string;
    };

/**
 * The way in for users: the sign-in of OIDC ends at https://<host>/auth/callback, so the name has to lead here over TLS. Between
 * load balancer and pods there is TLS too, without a check of a certificate that nobody signed.
 */
export function argoCdRouteManifests(
  host: string,
  namespace: string,
  way: ArgoCdWay,
): Record<string, Manifest> {
  if (way.kind === "alb") return { ingress: albIngress(host, namespace, way) };
  return {
    route: way.api === "istio" ? virtualService(host, namespace, way) : httpRoute(host, namespace, way),
    "to-server": upstreamTls(namespace),
  };
}

function albIngress(host: string, namespace: string, way: Extract<ArgoCdWay, { kind: "alb" }>): Manifest {
  const annotations = {
    scheme: way.class === "alb-public" ? "internet-facing" : "internal",
    "target-type": way.targetType,
    "listen-ports": '[{"HTTP":80},{"HTTPS":443}]',
    "ssl-redirect": "443",
    "backend-protocol": "HTTPS",
    "healthcheck-protocol": "HTTPS",
    "healthcheck-path": "/healthz",
    ...(way.group !== undefined && { "group.name": way.group }),
    ...(way.certificateArns.length > 0 && { "certificate-arn": way.certificateArns.join(",") }),
  };
  const service = { name: ARGO_CD_SERVER, port: { number: SERVICE_PORT } };
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: {
      name: ARGO_CD_SERVER,
      namespace,
      annotations: Object.fromEntries(
        Object.entries(annotations).map(([key, value]) => [`alb.ingress.kubernetes.io/${key}`, value]),
      ),
    },
    spec: {
      ingressClassName: way.class,
      rules: [{ host, http: { paths: [{ path: "/", pathType: "Prefix", backend: { service } }] } }],
    },
  };
}

type IstioWay = Extract<ArgoCdWay, { kind: "istio" }>;

const serverHost = (namespace: string): string => `${ARGO_CD_SERVER}.${namespace}.svc.cluster.local`;

function virtualService(host: string, namespace: string, way: IstioWay): Manifest {
  const destination = { host: serverHost(namespace), port: { number: SERVICE_PORT } };
  return {
    apiVersion: "networking.istio.io/v1",
    kind: "VirtualService",
    metadata: { name: ARGO_CD_SERVER, namespace },
    spec: {
      hosts: [host],
      gateways: [`${way.gatewayNamespace}/${way.gateway}`],
      http: [{ route: [{ destination }] }],
    },
  };
}

function httpRoute(host: string, namespace: string, way: IstioWay): Manifest {
  const group = "gateway.networking.k8s.io";
  return {
    apiVersion: `${group}/v1`,
    kind: "HTTPRoute",
    metadata: { name: ARGO_CD_SERVER, namespace },
    spec: {
      parentRefs: [{ group, kind: "Gateway", name: way.gateway, namespace: way.gatewayNamespace }],
      hostnames: [host],
      rules: [{ backendRefs: [{ name: ARGO_CD_SERVER, port: SERVICE_PORT }] }],
    },
  };
}

/** The gateway speaks TLS to the server, whose certificate is its own. */
function upstreamTls(namespace: string): Manifest {
  return {
    apiVersion: "networking.istio.io/v1",
    kind: "DestinationRule",
    metadata: { name: ARGO_CD_SERVER, namespace },
    spec: {
      host: serverHost(namespace),
      trafficPolicy: { tls: { mode: "SIMPLE", insecureSkipVerify: true } },
    },
  };
}
