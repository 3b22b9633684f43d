import { Fault } from "../../text/errors";
import type { CiliumMeshSettings, IstioSettings, MeshAuthoritySettings } from "../../model/settings";
import { TimeProvider } from "@cdktf/provider-time/lib/provider";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { namespaceCalls, outsideCalls } from "../../model/mesh-calls";
import { meshNetwork } from "../../model/mesh";
import { handsTokenByState, meshPeerCidrs } from "../../model/mesh-peers";
import type { Target } from "../../model/target";
import { usesIstioGateway } from "../../model/traffic";
import { GITOPS_NAMESPACE } from "../../components/argo-cd/record";
import { partitionOf } from "../../facts/regions";
import { formatCidr } from "../../ip-capacity/cidr";
import { ClusterMesh } from "../../modules/cluster-mesh/cluster-mesh";
import { Istio, type IstioProps } from "../../components/istio/istio";
import { ManifestRelease } from "../../modules/manifest-release";
import { MeshCa, StoredMeshCa } from "../../modules/mesh/mesh-ca";
import { type Reader, ReaderAccess } from "../../modules/mesh/reader-access";
import { ReaderToken, type TokenGeneration } from "../../modules/mesh/reader-token";
import { collectorHost } from "../../components/opentelemetry-operator/otel-collector";
import { PlatformGateways } from "../../modules/workloads/traffic/platform-gateways";
import { argoCdRouteOf } from "../gitops/argo-cd-way";
import { meshContract } from "./mesh-contract";
import { networkContract } from "../network/network-contract";
import { secretsContract } from "../secrets/secrets-contract";
import { InClusterStack } from "../base/in-cluster-stack";
import type { PlatformStackProps } from "../base/platform-stack";
import { keyOwner } from "../key-owner";
import { namespaceAccess } from "./mesh-access";
import { publish } from "../base/published-outputs";
import { trafficPlatform } from "../traffic-platform";

/** The service mesh of a cluster. */
export class MeshStack extends InClusterStack {
  constructor(scope: Construct, props: PlatformStackProps) {
    super(scope, "mesh", props);
    const { mesh } = this.target.config;
    if (mesh === undefined) throw new Fault(`${this.target.name} has no mesh`);
    const { kind, id } = mesh;
    // What an association of Pod Identity takes to be effective.
    if (mesh.certificateAuthority?.kind === "aws-private-ca") new TimeProvider(this, "time");
    if (mesh.kind === "cilium") {
      const { address } = this.addClusterMesh(mesh);
      publish(this, meshContract, {
        kind,
        id,
        trust_domain: "",
        network_name: "",
        address,
        reader_token: "",
      });
      return;
    }
    const { ready } = this.addIstio(mesh);
    const reader_token = this.target.mesh.peers.length > 0 ? this.letPeersRead(mesh, ready) : "";
    const platform = trafficPlatform(this.target, []);
    if (platform && usesIstioGateway(this.target.config.traffic))
      new PlatformGateways(this, "traffic", { platform, dependsOn: ready });
    const argoCd = argoCdRouteOf(this.target, "istio");
    // A release in the namespace itself makes it, where nobody has yet.
    if (Object.keys(argoCd).length > 0)
      new ManifestRelease(this, "argocd-route", {
        namespace: GITOPS_NAMESPACE,
        manifests: argoCd,
        dependsOn: ready,
      });
    publish(this, meshContract, {
      kind,
      id,
      trust_domain: mesh.trustDomain,
      network_name: meshNetwork(this.target, mesh),
      address: "",
      reader_token,
    });
  }

  private addClusterMesh(mesh: CiliumMeshSettings): ClusterMesh {
    const { clusterName, config, release } = this.target;
    const { cni } = config;
    const { vpc_id: vpcId, node_subnet_ids } = this.readStack("network", networkContract);
    const { certificateAuthority: authority } = mesh;
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

  private addIstio(mesh: IstioSettings): Istio {
    const { clusterName, config, region, release } = this.target;
    const { certificateAuthority: ca } = mesh;
    return new Istio(this, "istio", {
      charts: release.charts,
      ambient: mesh.kind === "istio-ambient",
      meshId: mesh.id,
      trustDomain: mesh.trustDomain,
      clusterName,
      network: meshNetwork(this.target, mesh),
      replicas: mesh.controlPlane.replicas,
      accessLogs: mesh.accessLogs,
      outbound: mesh.kind === "istio" ? mesh.outbound.mode : "registry-only",
      failover: mesh.kind === "istio" ? mesh.failover : {},
      peerCidrs: meshPeerCidrs(this.target),
      mtls: mesh.mtls.mode,
      defaultDeny: mesh.defaultDeny.enabled,
      allow: mesh.allow,
      ...(mesh.ingressGateway && {
        ingressGateway: { ...mesh.ingressGateway, hosts: this.gatewayHosts() },
      }),
      ...this.scopeAndTracing(mesh),
      namespaceCalls: namespaceCalls(config),
      namespaces: Object.keys(config.namespaces),
      access: namespaceAccess({ target: this.target, ipv6: this.ipv6Ranges() }),
      ...(mesh.kind === "istio" &&
        mesh.outbound.mode === "registry-only" && { outsideCalls: outsideCalls(config, region) }),
      eastWest:
        mesh.kind === "istio" && mesh.eastWestGateway.scheme === "internet-facing"
          ? { scheme: "internet-facing", callers: mesh.eastWestGateway.cidrs.map(formatCidr) }
          : { scheme: "internal", callers: meshPeerCidrs(this.target) },
      ...(mesh.controlPlane.canary && { canaryVersion: mesh.controlPlane.canary.version }),
      ...(mesh.kind === "istio-ambient" && { waypoints: mesh.waypoints }),
      ...(ca && { addCa: (scope, dependsOn) => this.addCa(scope, ca, mesh.trustDomain, dependsOn) }),
      ...this.mirror(),
    });
  }

  /** Hosts of the gateways that Istio's API has; external-dns reads those of the Gateway API from its routes. */
  private gatewayHosts(): string[] {
    const { traffic, ingress } = this.target.config;
    if (traffic?.api !== "istio" || ingress?.dns === undefined) return [];
    return Object.values(this.target.gateways).flatMap(({ hosts }) => hosts);
  }

  private scopeAndTracing(mesh: IstioSettings): Pick<IstioProps, "tracing" | "sidecarsKnow"> {
    const { openTelemetry } = this.target.config.observability ?? {};
    const collector = openTelemetry && collectorHost(openTelemetry.namespace);
    return {
      ...(mesh.tracing && collector !== undefined && { tracing: { ...mesh.tracing, collector } }),
      ...(mesh.kind === "istio" &&
        mesh.sidecarScope.mode === "called" && {
          sidecarsKnow: openTelemetry ? [`${openTelemetry.namespace}/${collector}`] : [],
        }),
    };
  }

  private addCa(
    scope: Construct,
    ca: MeshAuthoritySettings,
    trustDomain: string,
    dependsOn: ITerraformDependable[],
  ): ITerraformDependable {
    const { clusterName, release } = this.target;
    if (ca.kind === "secrets-manager") {
      const { store, name: secretName } = ca.secret;
      return new StoredMeshCa(scope, "ca", { store, secretName, dependsOn }).ready;
    }
    return new MeshCa(scope, "ca", {
      chart: release.charts["aws-privateca-issuer"],
      clusterName,
      trustDomain,
      arn: ca.arn,
      days: ca.days,
      dependsOn,
      ...this.mirror(),
    }).ready;
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
