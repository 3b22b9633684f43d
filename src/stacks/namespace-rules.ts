import { Fn } from "cdktf";
import { allowName, namespaceSettings, policyEnforcer, stsHost } from "../config/namespaces";
import type { AllowConfig } from "../config/schema/allow";
import type { NamespaceConfig } from "../config/schema/namespaces";
import type { PoliciesConfig } from "../config/schema/policies";
import { subnetsOf } from "../config/subnets";
import type { Target } from "../config/target";
import { workloadsOf } from "../config/workloads";
import { MONITORING_NAMESPACE } from "../facts/platform-namespaces";
import { addressAt, formatCidr, parseCidr } from "../ip-capacity/cidr";
import type { NamedFlow, NamespaceRules } from "../modules/policies/namespace-manifests";
import type { Flow, FlowPeer } from "../modules/policies/network-flows";
import type { MeshMembership } from "../modules/policies/mesh-flows";

/** Ranges of an IPv6 cluster, which AWS chooses. */
export interface Ipv6Ranges {
  readonly vpc: string;
  readonly services: string;
}

export interface NamespaceContext {
  readonly target: Target;
  readonly policies: PoliciesConfig;
  /** Read in an IPv6 cluster only. */
  readonly ipv6: () => Ipv6Ranges;
  /** Absent: the namespace is in no mesh. */
  readonly mesh?: MeshMembership;
}

/** What holds in a namespace, from its config. */
export function namespaceRules(
  name: string,
  config: NamespaceConfig,
  context: NamespaceContext,
): NamespaceRules {
  const { target, policies, mesh } = context;
  const { quota, limits, isolate, identity, apiServer, allow } = config;
  const { defaultDeny } = namespaceSettings(config, policies);
  const { region } = target;
  const enforcer = policyEnforcer(target.config);
  return {
    ...(quota && { quota }),
    ...(limits && { limits }),
    isolated: isolate,
    enforcer: enforcer ?? "kubernetes",
    // Without an enforcer a check refuses to close a namespace that is declared.
    ...(defaultDeny.enabled &&
      enforcer !== undefined && {
        closed: {
          baseline: {
            family: familyOf(target),
            identity,
            sts: { names: [stsHost(region)], cidrs: tierCidrs(context, "nodes") },
            ...(apiServer && { apiServerCidrs: apiServerCidrs(context) }),
            monitoringNamespace: MONITORING_NAMESPACE,
            collectorNamespace: target.config.observability?.openTelemetry?.namespace,
            ...(mesh && { mesh }),
          },
          allow: allow.map((each) => namedFlow(each, context)),
          hasWorkloads: Object.values(workloadsOf(target.config)).some(({ namespace }) => namespace === name),
        },
      }),
  };
}

function familyOf({ config }: Target): "ipv4" | "ipv6" {
  return config.network.ipv6.mode === "ipv6" ? "ipv6" : "ipv4";
}

/** Subnets of a tier. IPv6 pods see the other addresses of their subnets, which only AWS knows. */
function tierCidrs(
  { target, ipv6 }: Pick<NamespaceContext, "target" | "ipv6">,
  tier: "public" | "nodes" | "controlPlane",
): string[] {
  if (familyOf(target) === "ipv6") return [ipv6().vpc];
  return [...(subnetsOf(target.config.network).get(tier)?.values() ?? [])].map(formatCidr);
}

/** The service `kubernetes` has the first address of the services' range, and the control plane's interfaces behind it. */
function apiServerCidrs(context: NamespaceContext): string[] {
  const { target, ipv6 } = context;
  const service =
    familyOf(target) === "ipv6"
      ? `${Fn.cidrhost(ipv6().services, 1)}/128`
      : `${addressAt(target.config.cluster.serviceCidr, 1)}/32`;
  return [service, ...tierCidrs(context, "controlPlane")];
}

function namedFlow(allow: AllowConfig, context: NamespaceContext): NamedFlow {
  const { to, from, pods, http } = allow;
  const { port, protocol } = to ?? from ?? { port: 0, protocol: "TCP" };
  const flow: Flow = {
    direction: to ? "egress" : "ingress",
    peers: to ? calledPeers(to, context) : from ? callingPeers(from, context) : [],
    ports: [{ port, protocol }],
    ...(http && { http }),
  };
  return { name: allowName(allow), ...(pods && { pods }), flow };
}

type Called = Omit<NonNullable<AllowConfig["to"]>, "port" | "protocol">;
type Calling = Omit<NonNullable<AllowConfig["from"]>, "port" | "protocol">;

export function calledPeers(
  { cidr, fqdn, ...pods }: Called,
  context: Pick<NamespaceContext, "target">,
): FlowPeer[] {
  if (cidr !== undefined) return [rangePeer(formatCidr(cidr))];
  if (fqdn !== undefined) return [{ kind: "fqdn", name: fqdn }];
  return [podPeer(pods, context)];
}

/** Pods of this cluster, or of a peer in Cilium's mesh, which Cilium knows by the name of its cluster. */
function podPeer(
  { namespace = "", pods, target: name }: Pick<Called, "namespace" | "pods" | "target">,
  { target: { peers } }: Pick<NamespaceContext, "target">,
): FlowPeer {
  const cluster = peers.find((peer) => peer.name === name)?.clusterName;
  return {
    kind: "pods",
    namespace,
    ...(pods && { labels: pods }),
    ...(cluster !== undefined && { cluster }),
  };
}

export function callingPeers(
  { cidr, loadBalancer, ...pods }: Calling,
  context: Pick<NamespaceContext, "target" | "ipv6">,
): FlowPeer[] {
  if (cidr !== undefined) return [rangePeer(formatCidr(cidr))];
  if (loadBalancer === undefined) return [podPeer(pods, context)];
  // Overlay pods are no targets: load balancers call nodes, and Cilium hands on what is from outside as `world`.
  if (context.target.config.cni.kind === "cilium-overlay") return [{ kind: "entity", entity: "world" }];
  return tierCidrs(context, loadBalancer === "public" ? "public" : "nodes").map((range) => ({
    kind: "cidr",
    cidr: range,
  }));
}

/** Link-local addresses: the node's own services, instance metadata among them. */
const LINK_LOCAL = "169.254.0.0/16";

function rangePeer(cidr: string): FlowPeer {
  const { prefix } = parseCidr(cidr);
  return { kind: "cidr", cidr, ...(prefix === 0 && { except: [LINK_LOCAL] }) };
}
