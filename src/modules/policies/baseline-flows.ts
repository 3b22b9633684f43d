import { NODE_LOCAL_DNS_ADDRESS } from "../../components/node-local-dns/node-local-dns";
import { type Enforcer, type Flow, type FlowPeer, tcp } from "./network-flows";
import { type MeshMembership, meshFlows, PROXY_METRICS_PORT } from "./mesh-flows";
import { dnsServers } from "./dns-servers";
import { OTLP_PORTS } from "../../components/opentelemetry-operator/otel-collector";

/** How pods of a namespace get AWS credentials. */
export type IdentityMode = "pod-identity" | "irsa" | "none";

export interface BaselineInput {
  readonly namespace: string;
  readonly enforcer: Enforcer;
  /** Family of pods and services. */
  readonly family: "ipv4" | "ipv6";
  readonly identity: IdentityMode;
  /** Where STS is: names under Cilium, the addresses of its VPC endpoint elsewhere. Read for IRSA only. */
  readonly sts: { readonly names: readonly string[]; readonly cidrs: readonly string[] };
  /** Control plane's interfaces and the ClusterIP of `kubernetes`; absent: pods may not call the API server. */
  readonly apiServerCidrs?: readonly string[];
  /** Where Prometheus runs. */
  readonly monitoringNamespace: string;
  /** Ports on which it reads pods that are not declared services; agents of proxies it reads anyway. */
  readonly metricsPorts: readonly number[];
  /** Where the OpenTelemetry collector runs; absent: there is none. */
  readonly collectorNamespace?: string;
  /** Whether a policy of the namespace names a peer by DNS name. */
  readonly dnsProxy: boolean;
  readonly mesh?: MeshMembership;
}

/**
 * Where the Pod Identity agent listens on each node (EKS User Guide, "EKS Pod Identity considerations"), TCP 80.
 * Cilium sees the node behind it, which no CIDR matches (cilium/cilium#34387).
 */
export const POD_IDENTITY_AGENT = { ipv4: "169.254.170.23/32", ipv6: "fd00:ec2::23/128" } as const;

const DNS_PORTS = [
  { port: 53, protocol: "UDP" },
  { port: 53, protocol: "TCP" },
] as const;

const SAME_NAMESPACE = "allow-same-namespace";
const METRICS = "allow-metrics";

/** Policies that are not for pods of declared services, which say themselves whom they call and who calls and reads them. */
export const notForWorkloads: readonly string[] = [SAME_NAMESPACE, METRICS];

/** What every pod of a closed namespace needs all the same, by the name of the policy that allows it. */
export function baselineFlows(input: BaselineInput): Record<string, Flow[]> {
  const { namespace, monitoringNamespace, metricsPorts, collectorNamespace, mesh } = input;
  const same: FlowPeer = { kind: "pods", namespace };
  const readOn = (ports: readonly number[]): Flow[] =>
    ports.length === 0
      ? []
      : [
          {
            direction: "ingress",
            peers: [{ kind: "pods", namespace: monitoringNamespace }],
            ports: tcp(...[...new Set(ports)].sort((a, b) => a - b)),
          },
        ];
  const all: Record<string, Flow[]> = {
    "allow-dns": [dns(input)],
    [SAME_NAMESPACE]: [
      { direction: "ingress", peers: [same], ports: "all" },
      { direction: "egress", peers: [same], ports: "all" },
    ],
    "allow-aws-identity": identity(input),
    "allow-api-server": apiServer(input),
    "allow-monitoring": [
      ...(mesh?.mode === "sidecar" || mesh?.hasProxies ? readOn([PROXY_METRICS_PORT]) : []),
      ...(collectorNamespace === undefined
        ? []
        : [
            {
              direction: "egress" as const,
              peers: [{ kind: "pods" as const, namespace: collectorNamespace }],
              ports: tcp(OTLP_PORTS.grpc, OTLP_PORTS.http),
            },
          ]),
    ],
    [METRICS]: readOn(metricsPorts),
    "allow-mesh": mesh ? meshFlows(mesh, input.family) : [],
  };
  return Object.fromEntries(Object.entries(all).filter(([, flows]) => flows.length > 0));
}

/** CoreDNS and the cache in front of it. With a proxy each lookup passes Cilium, or `fqdn` peers would never match. */
function dns({ enforcer, family, dnsProxy }: BaselineInput): Flow {
  // Under Cilium a local redirect leads to the cache's pod, elsewhere the cache has an address on the node.
  const isOnNode = enforcer === "kubernetes" && family === "ipv4";
  return {
    direction: "egress",
    peers: [
      ...dnsServers,
      ...(isOnNode ? [{ kind: "cidr", cidr: `${NODE_LOCAL_DNS_ADDRESS}/32` } as const] : []),
    ],
    ports: DNS_PORTS,
    ...(dnsProxy && { dnsProxy }),
  };
}

function identity({ enforcer, family, identity: mode, sts }: BaselineInput): Flow[] {
  switch (mode) {
    case "none":
      return [];
    case "pod-identity": {
      const agent: FlowPeer =
        enforcer === "cilium"
          ? { kind: "entity", entity: "host" }
          : { kind: "cidr", cidr: POD_IDENTITY_AGENT[family] };
      return [{ direction: "egress", peers: [agent], ports: tcp(80) }];
    }
    case "irsa": {
      const peers: FlowPeer[] =
        enforcer === "cilium"
          ? sts.names.map((name) => ({ kind: "fqdn", name }))
          : sts.cidrs.map((cidr) => ({ kind: "cidr", cidr }));
      // A rule without a peer would be one for all.
      return peers.length === 0 ? [] : [{ direction: "egress", peers, ports: tcp(443) }];
    }
  }
}

function apiServer({ enforcer, apiServerCidrs }: BaselineInput): Flow[] {
  if (apiServerCidrs === undefined) return [];
  const peers: FlowPeer[] =
    enforcer === "cilium"
      ? [{ kind: "entity", entity: "kube-apiserver" }]
      : apiServerCidrs.map((cidr) => ({ kind: "cidr", cidr }));
  return [{ direction: "egress", peers, ports: tcp(443) }];
}
