import type { EksNodeSecurityGroupAdditionalRule } from "../registry/eks";

export type NodeRules = Record<string, EksNodeSecurityGroupAdditionalRule>;

/** What the rules depend on, and nothing else of the CNI. */
export interface NodeTraffic {
  /** Pods have VPC addresses on ENIs that carry this group, so that pod traffic is judged by it. */
  readonly podsOnEnis: boolean;
  /** Encapsulation between nodes, where pods have addresses of their own. */
  readonly tunnel?: "geneve" | "vxlan";
  readonly wireguard: boolean;
  readonly cilium: boolean;
  /** Nodes have IPv6 addresses. @default false */
  readonly ipv6?: boolean;
  /** Groups that single pods have in place of this one; without a rule they would not reach CoreDNS. */
  readonly podSecurityGroupIds?: readonly string[];
  /** TCP ports of webhooks and aggregated APIs that the control plane calls on nodes or pods, with their owners. */
  readonly webhookPorts: Readonly<Record<string, number>>;
  /** TCP ports of nodes that Prometheus reads, with what listens there. */
  readonly scrapedPorts?: Readonly<Record<string, number>>;
}

/** Ports by Cilium's documentation, "Firewall rules". */
export const TUNNEL_PORT = { geneve: 6081, vxlan: 8472 } as const;
export const WIREGUARD_PORT = 51871;
export const CILIUM_PORTS = { health: 4240, hubble_peer: 4244 } as const;

/**
 * Rules beside the module's own (API server to 443 and kubelet, DNS between nodes).
 *
 * Pods on ENIs listen on any port and protocol, so their group admits itself; what pods may do is for network policy.
 * With an overlay the VPC sees only node traffic, and that is listed port by port.
 */
export function nodeSecurityGroupRules(traffic: NodeTraffic): NodeRules {
  return {
    ...(traffic.podsOnEnis ? podRules : overlayRules(traffic)),
    ...webhookRules(traffic.webhookPorts),
    ...dnsRules(traffic.podSecurityGroupIds ?? []),
    egress_all: {
      description: "Out of the nodes; where to is for routes, endpoint policies and network policy",
      type: "egress",
      protocol: "-1",
      from_port: 0,
      to_port: 0,
      cidr_blocks: ["0.0.0.0/0"],
      ...(traffic.ipv6 && { ipv6_cidr_blocks: ["::/0"] }),
    },
  };
}

const podRules: NodeRules = {
  ingress_self_all: {
    description: "Pods and nodes among themselves: pods share this group on their ENIs",
    protocol: "-1",
    from_port: 0,
    to_port: 0,
    self: true,
  },
};

function overlayRules({ tunnel, wireguard, cilium, scrapedPorts = {} }: NodeTraffic): NodeRules {
  const self = (description: string, protocol: string, port: number) => ({
    description,
    protocol,
    from_port: port,
    to_port: port,
    self: true,
  });
  return {
    ...(tunnel && { ingress_self_tunnel: self(`Pod traffic in ${tunnel}`, "udp", TUNNEL_PORT[tunnel]) }),
    ...(wireguard && { ingress_self_wireguard: self("WireGuard between nodes", "udp", WIREGUARD_PORT) }),
    ...(cilium && {
      ingress_self_cilium_health: self("Cilium health checks", "tcp", CILIUM_PORTS.health),
      ingress_self_hubble_peer: self("Hubble relay to agents", "tcp", CILIUM_PORTS.hubble_peer),
      ingress_self_ping: {
        ...self("Cilium health checks by ICMP echo", "icmp", 0),
        from_port: 8,
        to_port: 0,
      },
    }),
    ...Object.fromEntries(
      Object.entries(scrapedPorts).map(([name, port]) => [
        `ingress_self_${name.replaceAll("-", "_")}_metrics`,
        self(`Metrics of ${name}`, "tcp", port),
      ]),
    ),
    ingress_self_kubelet: self("Metrics from kubelets", "tcp", 10250),
  };
}

function dnsRules(securityGroupIds: readonly string[]): NodeRules {
  const rules = [...new Set(securityGroupIds)].sort().flatMap((id) =>
    ["tcp", "udp"].map((protocol): [string, EksNodeSecurityGroupAdditionalRule] => [
      `ingress_dns_${protocol}_${id}`,
      {
        description: "DNS from pods with groups of their own",
        protocol,
        from_port: 53,
        to_port: 53,
        source_security_group_id: id,
      },
    ]),
  );
  return Object.fromEntries(rules);
}

function webhookRules(ports: Readonly<Record<string, number>>): NodeRules {
  const owners = new Map<number, string[]>();
  for (const [owner, port] of Object.entries(ports).sort())
    owners.set(port, [...(owners.get(port) ?? []), owner]);
  // The module has a rule for the kubelet's port already; a second one of the same content is refused by EC2.
  owners.delete(10250);
  return Object.fromEntries(
    [...owners].map(([port, names]) => [
      `ingress_cluster_${port}`,
      {
        description: `Control plane to ${names.join(", ")}`,
        protocol: "tcp",
        from_port: port,
        to_port: port,
        source_cluster_security_group: true,
      },
    ]),
  );
}
