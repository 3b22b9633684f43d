import { type Attributes, at, entries, items, text, toNumber, type Value } from "../../values/value";
import { type Flow, type FlowsOf, FROM, type MadePods, type Release } from "../flow";

/** istiod's, for configuration and certificates over TLS (Istio, "Ports used by Istio"). */
export const XDS_PORT = 15012;
/** Of an east-west gateway (same page). */
export const EAST_WEST_PORT = 15443;

/**
 * What peers call of such a gateway: mutual TLS between workloads, their proxies to istiod, webhooks, and the gateway's state
 * (Istio, "Install Multi-Primary on different networks").
 */
export const EAST_WEST_PORTS = [XDS_PORT, 15017, 15021, EAST_WEST_PORT];

/** By which policies select istiod. */
export const ISTIOD_LABELS = { app: "istiod" };

const PORTS = "Istio, Ports used by Istio";
const ISTIOD = { pods: "istiod" };

const configuration: Flow = {
  kind: "mesh",
  from: "proxies",
  to: ISTIOD,
  port: XDS_PORT,
  protocol: "TCP",
  why: `the proxy of ${FROM} gets its certificate and configuration`,
  source: `${PORTS}: XDS and CA services, ${XDS_PORT}`,
};

/** What clusters of one mesh call of each other. */
const toPeers: readonly Flow[] = [
  {
    kind: "mesh",
    from: ISTIOD,
    to: { peer: "API server" },
    port: 443,
    protocol: "TCP",
    why: "istiod reads the peer's API server",
    source: PORTS,
  },
  {
    kind: "mesh",
    from: "proxies",
    to: { peer: "network" },
    port: EAST_WEST_PORT,
    protocol: "TCP",
    why: `${FROM} calls services of the peer by its east-west gateway`,
    source: PORTS,
  },
];

/** Where proxies send spans: the first provider of the meshConfig. */
function spans({ values }: Release): Flow[] {
  const provider = items(at(values, "meshConfig", "extensionProviders"))
    .map((each) => at(each, "opentelemetry"))
    .find((each) => text(at(each, "service")) !== "");
  if (provider === undefined) return [];
  return [
    {
      kind: "telemetry",
      from: "proxies",
      to: { address: `${text(at(provider, "service"))}:${text(at(provider, "port"))}`, namespace: "" },
      why: `the proxy of ${FROM} sends spans`,
      source: "istiod's meshConfig.extensionProviders",
    },
  ];
}

/** Ports of the gateway chart's Service where its values say none (istio 1.27 to 1.30, manifests/charts/gateway/values.yaml and service.yaml). */
const GATEWAY_PORTS = [15021, 80, 443];
const NLB = "service.beta.kubernetes.io/aws-load-balancer-";

/** From the load balancer of a gateway to its pods. */
function balanced({ namespace, name, values }: Release): Flow[] {
  const service = at(values, "service");
  if (text(at(service, "type")) !== "LoadBalancer") return [];
  const annotations = new Map(entries(at(service, "annotations")));
  if (text(annotations.get(`${NLB}nlb-target-type`)) !== "ip") return [];
  const given = items(at(service, "ports")).flatMap(
    (each) => toNumber(at(each, "targetPort")) ?? toNumber(at(each, "port")) ?? [],
  );
  const standard = text(at(values, "networkGateway")) === "" ? GATEWAY_PORTS : EAST_WEST_PORTS;
  const health = toNumber(annotations.get(`${NLB}healthcheck-port`)) ?? [];
  const ports = [...(given.length > 0 ? given : standard), health].flat();
  const isPublic = text(annotations.get(`${NLB}scheme`)) === "internet-facing";
  return [...new Set(ports)].map((port) => ({
    kind: "load balancer",
    from: { loadBalancer: isPublic ? "public" : "internal" },
    to: { pods: `${namespace}/${name}` },
    port,
    protocol: "TCP",
    why: `a load balancer leads requests to ${namespace}/${name} and asks for its health`,
    source: `the Service of release ${name}`,
  }));
}

export const istioFlows: FlowsOf = ({ releases, sharedMesh }) => [
  configuration,
  ...releases("istiod").flatMap(spans),
  ...releases("gateway").flatMap(balanced),
  ...(sharedMesh === "istio" ? toPeers : []),
];

const metadata = (object: Value, key: string): string => text(at(object, "metadata", key));

/** istio/istio 1.29, manifests/charts/istio-control/istio-discovery/files/kube-gateway.yaml: name and account are `<gateway>-istio`. */
export function gatewayPods(gateway: Attributes): MadePods[] {
  if (text(at(gateway, "spec", "gatewayClassName")) !== "istio") return [];
  const name = metadata(gateway, "name");
  return [
    {
      namespace: metadata(gateway, "namespace") || "default",
      name: `${name}-istio`,
      labels: {
        "gateway.networking.k8s.io/gateway-name": name,
        "gateway.networking.k8s.io/gateway-class-name": "istio",
        "sidecar.istio.io/inject": "false",
      },
      serviceAccount: `${name}-istio`,
      ports: { metrics: 15020, "http-envoy-prom": 15090 },
    },
  ];
}
