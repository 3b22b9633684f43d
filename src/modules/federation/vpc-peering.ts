import { Route } from "@cdktf/provider-aws/lib/route";
import { VpcPeeringConnection } from "@cdktf/provider-aws/lib/vpc-peering-connection";
import { VpcPeeringConnectionAccepterA } from "@cdktf/provider-aws/lib/vpc-peering-connection-accepter";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";

/** A port that the other side may connect to. */
export interface PeerPort {
  readonly protocol: "tcp" | "udp";
  readonly port: number;
}

export interface PeeringSide {
  /** Of whom, for names and descriptions: `prod/us-east-1`. */
  readonly target: string;
  readonly accountId: string;
  readonly region: string;
  readonly vpcId: string;
  /** IPv4 ranges of the VPC, known before it is made. */
  readonly vpcCidrs: readonly string[];
  /** Route tables of nodes, pods and the API server's interfaces, by a short name such as the zone. */
  readonly routeTableIds: Readonly<Record<string, string>>;
  readonly nodeSecurityGroupId: string;
  /** What the other side may connect to here. */
  readonly allowed: readonly PeerPort[];
  /** Left out: the stack's own provider. */
  readonly provider?: TerraformProvider;
}

export interface VpcPeeringProps {
  readonly requester: PeeringSide;
  readonly accepter: PeeringSide;
}

/** A peering of two VPCs, asked for and accepted, with the routes and security group rules of both sides. */
export class VpcPeering extends Construct {
  constructor(scope: Construct, id: string, { requester, accepter }: VpcPeeringProps) {
    super(scope, id);
    const tags = { Name: `${requester.target} to ${accepter.target}` };
    const connection = new VpcPeeringConnection(this, "connection", {
      vpcId: requester.vpcId,
      peerVpcId: accepter.vpcId,
      peerOwnerId: accepter.accountId,
      peerRegion: accepter.region,
      // Only within one region and account can the requester accept for the other.
      autoAccept: false,
      tags,
    });
    const accepted = new VpcPeeringConnectionAccepterA(this, "accepted", {
      vpcPeeringConnectionId: connection.id,
      autoAccept: true,
      tags,
      ...(accepter.provider && { provider: accepter.provider }),
    });
    this.lead("requester", requester, accepter, accepted.id);
    this.lead("accepter", accepter, requester, accepted.id);
  }

  /** What leads from one side to the other, and what that one lets in. */
  private lead(role: string, from: PeeringSide, to: PeeringSide, connectionId: string): void {
    const provider = from.provider && { provider: from.provider };
    for (const cidr of [...to.vpcCidrs].sort()) {
      const range = cidr.replace(/[./]/g, "-");
      for (const [zone, routeTableId] of Object.entries(from.routeTableIds).sort()) {
        new Route(this, `${role}-${range}-${zone}`, {
          routeTableId,
          destinationCidrBlock: cidr,
          vpcPeeringConnectionId: connectionId,
          ...provider,
        });
      }
      for (const { protocol, port } of from.allowed) {
        new VpcSecurityGroupIngressRule(this, `${role}-${range}-${protocol}-${port}`, {
          securityGroupId: from.nodeSecurityGroupId,
          description: `${protocol} ${port} from ${to.target}`,
          // Groups of another region can't be named.
          cidrIpv4: cidr,
          ipProtocol: protocol,
          fromPort: port,
          toPort: port,
          ...provider,
        });
      }
    }
  }
}
