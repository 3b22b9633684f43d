import { INGRESS_NAMESPACE, ingressGatewayName, ingressRole } from "../../src/facts/istio-gateways";
import { ingressGatewaysOf } from "../../src/model/ingress-gateways";
import { isInMesh } from "../../src/model/mesh";
import { isClosed, policyEnforcer } from "../../src/model/namespaces";
import type { IstioConfig } from "../../src/config/schema/mesh";
import type { TargetConfig } from "../../src/config/schema/target";
import type { Target } from "../../src/model/target";
import { metricsOf, podPorts } from "../../src/model/workloads";
import { addressAt } from "../../src/ip-capacity/cidr";
import { bystander, type OraclePeer, type OraclePod, type OracleQuery } from "./queries";

/** Pods of charts, which no manifest of a target holds; labels and accounts as the charts at the pinned versions set them. */
export function platformPods({ mesh, cni }: TargetConfig): Record<string, OraclePod> {
  const isOnNode = cni.kind === "vpc-cni";
  return {
    coredns: { namespace: "kube-system", labels: { "k8s-app": "kube-dns" } },
    "node-local-dns": {
      namespace: "kube-system",
      labels: { "k8s-app": "node-local-dns" },
      ...(isOnNode && { hostNetwork: true, ip: "169.254.20.10" }),
    },
    prometheus: {
      namespace: "monitoring",
      labels: { "app.kubernetes.io/name": "prometheus" },
      serviceAccount: "kube-prometheus-stack-prometheus",
    },
    ...(mesh !== undefined &&
      mesh.kind !== "cilium" && {
        istiod: { namespace: "istio-system", labels: { app: "istiod", istio: "pilot" } },
        ...ingressGateways(mesh),
        eastwestgateway: {
          namespace: "istio-system",
          labels: { app: "istio-eastwestgateway", istio: "eastwestgateway" },
          serviceAccount: "istio-eastwestgateway",
        },
      }),
  };
}

/** The first by the name of its role. The engine's programs know further ones for gateways by a label of a Gateway of theirs. */
function ingressGateways(mesh: IstioConfig): Record<string, OraclePod> {
  const all = ingressGatewaysOf(mesh).map(({ name }, index): [string, OraclePod] => {
    const labels = { app: name, istio: ingressRole(name) };
    const further = { "gateway.networking.k8s.io/gateway-name": name };
    return [
      index === 0 ? "ingressgateway" : ingressRole(name),
      {
        namespace: INGRESS_NAMESPACE,
        labels: name === ingressGatewayName() ? labels : { ...labels, ...further },
        serviceAccount: name,
      },
    ];
  });
  return { ingressgateway: NO_GATEWAY, ...Object.fromEntries(all) };
}

/** Where a target has none, what would be one is let in nowhere. */
const NO_GATEWAY: OraclePod = {
  namespace: INGRESS_NAMESPACE,
  labels: { app: ingressGatewayName(), istio: ingressRole(ingressGatewayName()) },
  serviceAccount: ingressGatewayName(),
};

/** An address of documentation (RFC 5737): nobody declares it. */
const INTERNET = "198.51.100.7";
const OTHER_PORT = 31337;

/** The oracle's name of what enforces network policies. */
export function networkOf(config: TargetConfig): string {
  return policyEnforcer(config) === "cilium" ? "cilium" : "networkpolicy";
}

/** What every pod of a closed namespace may do, and what none may. */
export function baselineQueries(target: Target): OracleQuery[] {
  const { config } = target;
  const names = Object.keys(config.namespaces).filter((name) => isClosed(target, name));
  return names.flatMap((namespace) => {
    const services = Object.entries(target.workloads).filter(([, each]) => each.namespace === namespace);
    const peers: OraclePeer[] = [bystander(namespace), ...services.map(([name]) => `${namespace}/${name}`)];
    return [
      ...peers.flatMap((peer) => everyPod(peer, namespace, target)),
      ...monitoring(namespace, target),
      ...gateways(namespace, peers, target),
    ];
  });
}

function everyPod(from: OraclePeer, namespace: string, target: Target): OracleQuery[] {
  const { config } = target;
  const settings = config.namespaces[namespace];
  const isCilium = target.policyEnforcer === "cilium";
  const [controlPlane] = target.subnets.get("controlPlane")?.values() ?? [];
  const agent = isCilium ? { entity: "host", ip: "169.254.170.23" } : "169.254.170.23";
  const network = networkOf(config);
  const api = isCilium
    ? { entity: "kube-apiserver", ip: controlPlane ? addressAt(controlPlane, 5) : "10.0.0.5" }
    : controlPlane && addressAt(controlPlane, 5);
  const says = (isOpen: boolean) => (isOpen ? "allowed" : "denied");
  return [
    { name: "DNS by UDP", from, to: "coredns", port: 53, protocol: "UDP", expect: "allowed" },
    { name: "DNS by TCP", from, to: "coredns", port: 53, expect: "allowed" },
    { name: "the node's cache", from, to: "node-local-dns", port: 53, protocol: "UDP", expect: "allowed" },
    {
      name: "EKS Pod Identity",
      from,
      to: agent,
      port: 80,
      expect: { [network]: says(settings?.identity === "pod-identity") },
    },
    { name: "instance metadata", from, to: "169.254.169.254", port: 80, expect: "denied" },
    { name: "the internet", from, to: INTERNET, port: 443, expect: "denied" },
    ...(api === undefined
      ? []
      : [
          {
            name: "the API server",
            from,
            to: api,
            port: 443,
            expect: { [network]: says(settings?.apiServer === true) },
          } as const,
        ]),
  ];
}

function monitoring(namespace: string, { config, mesh, workloads }: Target): OracleQuery[] {
  const ask = (to: OraclePeer, port: number, expect: OracleQuery["expect"]): OracleQuery => ({
    name: `Prometheus on ${port}`,
    from: "prometheus",
    to,
    port,
    expect,
  });
  const isSidecar = isInMesh(config, namespace) && mesh.dataPlane === "sidecar";
  const network = networkOf(config);
  const settings = config.namespaces[namespace];
  return [
    ...(settings?.metricsPorts ?? []).map((port) =>
      ask(bystander(namespace), port, { [network]: "allowed" }),
    ),
    ask(bystander(namespace), OTHER_PORT, "denied"),
    ...(isSidecar ? [ask(bystander(namespace), 15020, "allowed")] : []),
    ...Object.entries(workloads).flatMap(([name, workload]) => {
      if (workload.namespace !== namespace || workload.app !== undefined) return [];
      const metrics = metricsOf(workload, config);
      const read = metrics?.from === "container" ? podPorts(workload, [metrics.port]) : [];
      const pods = `${namespace}/${name}`;
      return [
        ...podPorts(workload).map((port) => ask(pods, port, read.includes(port) ? "allowed" : "denied")),
        ask(pods, OTHER_PORT, "denied"),
        ...(metrics?.from === "sidecar" ? [ask(pods, 15020, "allowed")] : []),
      ];
    }),
  ];
}

/** Gateways reach ports that lead somewhere, and no others. */
function gateways(namespace: string, peers: readonly OraclePeer[], { config }: Target): OracleQuery[] {
  if (!isInMesh(config, namespace)) return [];
  return peers.flatMap((peer) => [
    ...["ingressgateway", "eastwestgateway"].map((from): OracleQuery => ({
      name: "a gateway on another port",
      from,
      to: peer,
      port: OTHER_PORT,
      // The mesh refuses too, and is the second of two locks.
      expect: { [networkOf(config)]: "denied" },
    })),
    { name: "istiod", from: peer, to: "istiod", port: 15012, expect: { [networkOf(config)]: "allowed" } },
  ]);
}
