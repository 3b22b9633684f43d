import { DataTerraformRemoteStateS3, type TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { allowedFrom, handsTokenByState } from "../../model/mesh-peers";
import type { Target } from "../../model/target";
import { formatCidr } from "../../ip-capacity/cidr";
import { peerEndpoints } from "../../modules/cluster-mesh/peer-endpoints";
import { type PeeringSide, VpcPeering } from "../../modules/federation/vpc-peering";
import { ManifestRelease } from "../../modules/manifest-release";
import { readerRoleArn, readerSecretName } from "../../modules/mesh/reader-access";
import { RemoteClusters } from "../../modules/mesh/remote-clusters";
import { RemoteSecrets } from "../../modules/mesh/remote-secrets";
import { addHelmProvider, addKubernetesProvider } from "../base/cluster-access";
import { clusterContract } from "../cluster/cluster-contract";
import { federationContract } from "./federation-contract";
import { meshContract } from "../mesh/mesh-contract";
import { networkContract } from "../network/network-contract";
import { PlatformStack, type PlatformStackProps, zonesToRead } from "../base/platform-stack";
import type { OutputContract, Outputs } from "../base/output-contract";
import { publish, readOutputs } from "../base/published-outputs";
import { meshReader } from "../mesh/mesh-stack";
import type { StackName } from "../../model/stacks/stack-names";
import { stateLocation, stateReader } from "../../model/stacks/state-location";

/**
 * What needs two targets. A network stack can't know its peer's VPC, which may not exist yet; this stack comes last and
 * is left out of a deployment until its peers are there.
 */
export class FederationStack extends PlatformStack {
  constructor(scope: Construct, props: PlatformStackProps) {
    super(scope, "federation", props);
    const own = {
      network: this.readStack("network", networkContract),
      cluster: this.readStack("cluster", clusterContract),
    };
    const { peered, unpeered, read } = this.target.federation;
    const clusters = new Map(
      read.map((peer) => [peer.name, this.readPeer(peer, "cluster", clusterContract)]),
    );
    for (const peer of peered) {
      const cluster = clusters.get(peer.name);
      if (cluster === undefined) continue;
      new VpcPeering(this, peer.workspace, {
        requester: side(this.target, peer, own),
        accepter: side(
          peer,
          this.target,
          { network: this.readPeer(peer, "network", networkContract), cluster },
          this.peerProvider(peer),
        ),
      });
    }
    // Terraform takes down what it made in a peer by the provider that made it, and plans nothing without.
    for (const peer of unpeered) this.peerProvider(peer);
    const { mesh } = this.target.config;
    if (mesh !== undefined && this.target.mesh.peers.length > 0) {
      // Its own mesh is there first; the peers' may come later.
      this.readStack("mesh", meshContract);
      addHelmProvider(this, own.cluster, this.target);
      if (mesh.kind === "cilium") this.addPeerEndpoints();
      else {
        // Also where nothing uses it: a change back to External Secrets removes what it made.
        addKubernetesProvider(this, own.cluster, this.target);
        this.addRemoteClusters(mesh.id, clusters);
      }
    }
    publish(this, federationContract, { peers: peered.map(({ name }) => name) });
  }

  /** Where Cilium finds its peers. It takes them without a restart, so this can come last. */
  private addPeerEndpoints(): void {
    new ManifestRelease(this, "mesh-peers", {
      namespace: "kube-system",
      manifests: peerEndpoints(
        this.target.mesh.peers.map((peer) => ({
          cluster: peer.clusterName,
          address: this.readPeer(peer, "mesh", meshContract).address,
        })),
      ),
    });
  }

  /** What istiod reads peers by. */
  private addRemoteClusters(
    meshId: string,
    clusters: ReadonlyMap<string, Outputs<typeof clusterContract>>,
  ): void {
    const remotes = this.target.mesh.peers.flatMap((peer) => {
      const cluster = clusters.get(peer.name);
      if (cluster === undefined) return [];
      const { endpoint, certificate_authority_data: certificateAuthorityData } = cluster;
      return [{ peer, remote: { clusterName: peer.clusterName, endpoint, certificateAuthorityData } }];
    });
    if (handsTokenByState(this.target.config.mesh)) {
      new RemoteSecrets(this, "remotes", {
        remotes: remotes.map(({ peer, remote }) => ({
          ...remote,
          token: this.readPeer(peer, "mesh", meshContract).reader_token,
        })),
      });
      return;
    }
    new RemoteClusters(this, "remotes", {
      region: this.target.region,
      remotes: remotes.map(({ peer, remote }) => ({
        ...remote,
        secretName: readerSecretName(meshId, peer.clusterName),
        roleArn: readerRoleArn(meshReader(peer)),
      })),
    });
  }

  /** Reads a peer's state with the peer's own role: it may be in another account. */
  private readPeer<Contract extends OutputContract>(
    peer: Target,
    name: StackName,
    contract: Contract,
  ): Outputs<Contract> {
    const state = new DataTerraformRemoteStateS3(this, `${peer.workspace}-${name}`, {
      ...stateReader(stateLocation(peer, name)),
      workspace: peer.workspace,
    });
    return readOutputs(state, contract, zonesToRead(peer));
  }
}

interface PublishedTarget {
  readonly network: Outputs<typeof networkContract>;
  readonly cluster: Outputs<typeof clusterContract>;
}

function side(
  target: Target,
  other: Target,
  { network, cluster }: PublishedTarget,
  provider?: TerraformProvider,
): PeeringSide {
  const { name, region, config } = target;
  return {
    target: name,
    accountId: config.account.id,
    region,
    vpcId: network.vpc_id,
    vpcCidrs: target.vpcCidrs.map(formatCidr),
    // The control plane's, too: answers of the API server to the peer's istiod leave by it.
    routeTableIds: {
      ...network.node_route_table_ids,
      "control-plane": network.control_plane_route_table_id,
    },
    nodeSecurityGroupId: cluster.node_security_group_id,
    allowed: allowedFrom(target, other),
    ...(provider && { provider }),
  };
}
