import type { CiliumMeshSettings, IstioSettings } from "../../model/settings";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { meshNetwork } from "../../model/mesh";
import { handsTokenByState, meshPeerCidrs } from "../../model/mesh-peers";
import type { Target } from "../../model/target";
import { usesIstioGateway } from "../../model/traffic";
import { GITOPS_NAMESPACE } from "../../components/argo-cd/record";
import { settingsOf } from "../../components/installing";
import { partitionOf } from "../../facts/regions";
import { ClusterMesh } from "../../modules/cluster-mesh/cluster-mesh";
import { ManifestRelease } from "../../modules/manifest-release";
import { type Reader, ReaderAccess } from "../../modules/mesh/reader-access";
import { ReaderToken, type TokenGeneration } from "../../modules/mesh/reader-token";
import { PlatformGateways } from "../../modules/workloads/traffic/platform-gateways";
import { argoCdRouteOf } from "../../wiring/argo-cd-way";
import { meshContract } from "./mesh-contract";
import { networkContract } from "../network/network-contract";
import { secretsContract } from "../secrets/secrets-contract";
import { InClusterStack } from "../base/in-cluster-stack";
import type { PlatformStackProps } from "../base/platform-stack";
import { keyOwner } from "../../wiring/key-owner";
import { publish } from "../base/published-outputs";
import { trafficPlatform } from "../../wiring/traffic-platform";

/** The service mesh of a cluster: Istio, or what Cilium needs to be one with its peers. */
export class MeshStack extends InClusterStack {
  constructor(scope: Construct, props: PlatformStackProps) {
    super(scope, "mesh", props);
    const mesh = settingsOf(this.target.config.mesh, this.target);
    this.installComponents();
    if (mesh.kind === "cilium") this.joinCilium(mesh);
    else this.joinIstio(mesh);
  }

  private joinCilium(mesh: CiliumMeshSettings): void {
    const { address } = this.addClusterMesh(mesh);
    publish(this, meshContract, {
      kind: mesh.kind,
      id: mesh.id,
      trust_domain: "",
      network_name: "",
      address,
      reader_token: "",
    });
  }

  private joinIstio(mesh: IstioSettings): void {
    const { ready } = this.installation("istio");
    const reader_token = this.target.mesh.peers.length > 0 ? this.letPeersRead(mesh, ready) : "";
    this.addRoutes(ready);
    publish(this, meshContract, {
      kind: mesh.kind,
      id: mesh.id,
      trust_domain: mesh.trustDomain,
      network_name: meshNetwork(this.target, mesh),
      address: "",
      reader_token,
    });
  }

  /** Gateways and routes of Istio's kinds. */
  private addRoutes(dependsOn: ITerraformDependable[]): void {
    const platform = trafficPlatform(this.target, []);
    if (platform && usesIstioGateway(this.target.config.traffic))
      new PlatformGateways(this, "traffic", { platform, dependsOn });
    const argoCd = argoCdRouteOf(this.target, "istio");
    // A release in the namespace itself makes it, where nobody has yet.
    if (Object.keys(argoCd).length > 0)
      new ManifestRelease(this, "argocd-route", {
        namespace: GITOPS_NAMESPACE,
        manifests: argoCd,
        dependsOn,
      });
  }

  private addClusterMesh(mesh: CiliumMeshSettings): ClusterMesh {
    const { clusterName, config, release } = this.target;
    const { cni } = config;
    const { vpc_id: vpcId, node_subnet_ids } = this.readStack("network", networkContract);
    const { certificateAuthority: authority } = mesh;
    // What an association of Pod Identity takes to be effective.
    if (authority.kind === "aws-private-ca") this.need("time");
    return new ClusterMesh(this, "cilium", {
      clusterName,
      peers: this.target.mesh.peers.map((peer) => peer.clusterName),
      ciliumVersion: release.charts.cilium.version,
      vpcId,
      subnetIds: Object.values(node_subnet_ids),
      nodeSecurityGroupId: this.cluster.node_security_group_id,
      peerCidrs: meshPeerCidrs(this.target),
      targetType: this.target.loadBalancerTargets,
      traffic: {
        ...(cni.kind === "cilium-overlay" && { tunnel: cni.tunnel }),
        wireguard: "encryption" in cni && cni.encryption === "wireguard",
      },
      authority:
        authority.kind === "aws-private-ca"
          ? { ...authority, chart: release.charts["aws-privateca-issuer"] }
          : { kind: authority.kind, store: authority.secret.store, secretName: authority.secret.name },
      ...this.mirror(),
    });
  }

  /** Gives the token where Terraform hands it over; empty where External Secrets does. */
  private letPeersRead(mesh: IstioSettings, dependsOn: ITerraformDependable[]): string {
    const token = readerTokenOf(mesh);
    if (handsTokenByState(mesh)) return new ReaderToken(this, "reader", { ...token, dependsOn }).token;
    new ReaderAccess(this, "reader", {
      token,
      meshId: mesh.id,
      own: meshReader(this.target),
      peers: this.target.mesh.peers.map(meshReader),
      keyOwner: keyOwner(this.target),
      externalSecretsRoleArn: this.readStack("secrets", secretsContract).external_secrets_role_arn,
      dependsOn,
    });
    return "";
  }
}

function readerTokenOf(mesh: IstioSettings): TokenGeneration {
  return mesh.kind === "istio" ? mesh.readerToken : { generation: 1, keepPrevious: false };
}

/** A cluster of the mesh, as those read it that it names in policies. */
export function meshReader({ clusterName, region, config }: Target): Reader {
  return { clusterName, region, accountId: config.account.id, partition: partitionOf(region) };
}
