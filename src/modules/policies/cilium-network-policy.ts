import type { ChartValues } from "../chart-values";
import type { Manifest } from "../manifest";
import type { PodSelector } from "./labels";
import type { Flow, FlowPeer, FlowPolicy, HttpRule } from "./network-flows";

const HEAD = { apiVersion: "cilium.io/v2", kind: "CiliumNetworkPolicy" } as const;

/** The label by which Cilium knows a pod's namespace. */
const POD_NAMESPACE = "k8s:io.kubernetes.pod.namespace";
/** The same of its cluster; a selector without it means the own one (`policyDefaultLocalCluster`). */
const POD_CLUSTER = "k8s:io.cilium.k8s.policy.cluster";

/**
 * No traffic in either direction for these pods, whatever other policies allow. `all` takes kubelet in, which is the entity
 * `host`: with `probes` everybody is named but that (cilium/cilium, pkg/policy/api/entity.go).
 */
export function denyAlways(name: string, namespace: string, pods: PodSelector, probes: boolean): Manifest {
  return {
    ...HEAD,
    metadata: { name, namespace },
    spec: {
      endpointSelector: selector(pods),
      ingressDeny: probes ? ALL_BUT_HOST : [{ fromEntities: ["all"] }],
      egressDeny: [{ toEntities: ["all"] }],
    },
  };
}

const ALL_BUT_HOST: readonly ChartValues[] = [
  { fromEntities: ["world", "remote-node", "ingress", "health", "init", "unmanaged"] },
  // Without the cluster these would be the pods of the own one.
  {
    fromEndpoints: [
      { matchExpressions: [POD_NAMESPACE, POD_CLUSTER].map((key) => ({ key, operator: "Exists" })) },
    ],
  },
];

/** Flows as a CiliumNetworkPolicy: one rule for each peer, since Cilium takes no two kinds of peers in one. */
export function ciliumNetworkPolicy({ name, namespace, pods, flows }: FlowPolicy): Manifest {
  const rules = (direction: Flow["direction"]) =>
    flows.filter((flow) => flow.direction === direction).flatMap((flow) => rulesOf(flow, namespace));
  const [ingress, egress] = [rules("ingress"), rules("egress")];
  return {
    ...HEAD,
    metadata: { name, namespace },
    spec: {
      endpointSelector: selector(pods),
      ...(ingress.length > 0 && { ingress }),
      ...(egress.length > 0 && { egress }),
    },
  };
}

function rulesOf(flow: Flow, namespace: string): ChartValues[] {
  const ports = portsOf(flow);
  return flow.peers.map((peer) => ({
    ...peerOf(peer, flow.direction === "ingress" ? "from" : "to", namespace),
    ...(ports && { toPorts: [ports] }),
  }));
}

function portsOf({ ports, http, dnsProxy }: Flow): ChartValues | undefined {
  if (ports === "all") return undefined;
  const rules = http ? { http: http.map(httpRule) } : dnsProxy ? { dns: [{ matchPattern: "*" }] } : undefined;
  return {
    ports: ports.map(({ port, protocol }) => ({ port: String(port), protocol })),
    ...(rules && { rules }),
  };
}

function httpRule({ method, path }: HttpRule): ChartValues {
  return {
    ...(method !== undefined && { method }),
    ...(path !== undefined && { path: withQuery(path) }),
  };
}

/** A query string, as the pseudo-header `:path` has it behind the path (RFC 9113, section 8.3.1). */
const QUERY = "([?].*)?";

/**
 * Cilium has Envoy match the whole of `:path` (cilium/cilium 1.19, pkg/envoy/policy/envoy_l7_rules_translator.go), so that
 * a path alone would refuse the same path with a query. An expression that takes one already is left as it is.
 */
function withQuery(path: string): string {
  if (path.includes("\\?") || path.includes("[?]")) return path;
  const whole = path.replace(/(?<!\\)\$$/, "");
  if (whole.includes("|")) return `(${whole})${QUERY}`;
  return /(?<!\\)\.\*$/.test(whole) ? whole : `${whole}${QUERY}`;
}

function peerOf(peer: FlowPeer, side: "from" | "to", namespace: string): ChartValues {
  switch (peer.kind) {
    case "pods": {
      const isHere = peer.namespace === namespace && peer.cluster === undefined;
      const other = {
        ...(!isHere && { [POD_NAMESPACE]: peer.namespace }),
        ...(peer.cluster !== undefined && { [POD_CLUSTER]: peer.cluster }),
      };
      return { [`${side}Endpoints`]: [{ matchLabels: { ...other, ...peer.labels } }] };
    }
    case "cidr":
      return {
        [`${side}CIDRSet`]: [{ cidr: peer.cidr, ...(peer.except && { except: [...peer.except] }) }],
      };
    case "fqdn":
      return { toFQDNs: [peer.name.includes("*") ? { matchPattern: peer.name } : { matchName: peer.name }] };
    case "entity":
      return { [`${side}Entities`]: [peer.entity] };
  }
}

function selector({ matchLabels, matchExpressions }: PodSelector): ChartValues {
  return {
    ...(matchLabels && { matchLabels: { ...matchLabels } }),
    ...(matchExpressions && { matchExpressions: [...matchExpressions] }),
  };
}
