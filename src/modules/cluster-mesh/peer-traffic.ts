import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import { CILIUM_PORTS, TUNNEL_PORT, WIREGUARD_PORT } from "../cluster/node-security-group";

/** What pods and agents of one cluster send to those of another. */
export interface PeerTraffic {
  /** Encapsulation of an overlay; left out: pods have VPC addresses. */
  readonly tunnel?: "geneve" | "vxlan";
  readonly wireguard: boolean;
}

export interface PeerTrafficProps extends PeerTraffic {
  readonly nodeSecurityGroupId: string;
  /** IPv4 ranges of the peers' VPCs. */
  readonly peerCidrs: readonly string[];
}

interface TrafficRule {
  readonly id: string;
  readonly description: string;
  readonly ipProtocol: string;
  readonly fromPort: number;
  readonly toPort: number;
}

const SSH = 22;
const RDP = 3389;
const LAST_PORT = 65_535;

/**
 * What a cluster lets its peers' VPCs send to nodes and pods: Cilium's health checks, and pod traffic as it travels. In a
 * tunnel or in WireGuard that is one port. Without either pods call each other's addresses on any port, as they do
 * within a cluster, but for those that administer nodes (SSH and what is below it, RDP); what they may is for network policies.
 */
export function peerTrafficRules({ tunnel, wireguard }: PeerTraffic): TrafficRule[] {
  const rule = (
    id: string,
    description: string,
    ipProtocol: string,
    fromPort: number,
    toPort = fromPort,
  ): TrafficRule => ({ id, description, ipProtocol, fromPort, toPort });
  const udp = (id: string, description: string, port: number) => rule(id, description, "udp", port);
  const ping = rule("ping", "Health checks of Cilium by ICMP echo", "icmp", 8, 0);
  if (tunnel === undefined && !wireguard) {
    const pods = "Pods of a peer in the Cilium mesh";
    return [
      ping,
      ...["tcp", "udp"].flatMap((protocol) => [
        rule(`${protocol}-below-rdp`, pods, protocol, SSH + 1, RDP - 1),
        rule(`${protocol}-above-rdp`, pods, protocol, RDP + 1, LAST_PORT),
      ]),
    ];
  }
  return [
    ping,
    rule("health", "Cilium's health checks", "tcp", CILIUM_PORTS.health),
    ...(tunnel ? [udp("tunnel", `Pods of a peer, in ${tunnel}`, TUNNEL_PORT[tunnel])] : []),
    ...(wireguard ? [udp("wireguard", "Pods of a peer, in WireGuard", WIREGUARD_PORT)] : []),
  ];
}

/** Rules of the nodes' group for peers. */
export class PeerRules extends Construct {
  constructor(scope: Construct, id: string, props: PeerTrafficProps) {
    super(scope, id);
    const { nodeSecurityGroupId, peerCidrs, ...traffic } = props;
    for (const cidr of [...peerCidrs].sort()) {
      for (const { id: name, ...rule } of peerTrafficRules(traffic)) {
        new VpcSecurityGroupIngressRule(this, `${cidr.replace(/[./]/g, "-")}-${name}`, {
          securityGroupId: nodeSecurityGroupId,
          // Groups of another region can't be named.
          cidrIpv4: cidr,
          ...rule,
        });
      }
    }
  }
}
