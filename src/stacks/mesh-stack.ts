import { TimeProvider } from "@cdktf/provider-time/lib/provider";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { MeshConfig } from "../config/schema/mesh";
import { meshNetwork } from "../config/mesh";
import { meshPeerCidrs, meshPeers } from "../config/mesh-peers";
import type { Target } from "../config/target";
import { usesIstioGateway } from "../config/traffic";
import { partitionOf } from "../facts/regions";
import { Istio } from "../modules/mesh/istio";
import { MeshCa } from "../modules/mesh/mesh-ca";
import { type Reader, ReaderAccess } from "../modules/mesh/reader-access";
import { PlatformGateways } from "../modules/workloads/traffic/platform-gateways";
import { meshContract, secretsContract } from "./contracts";
import { InClusterStack, type InClusterStackProps } from "./in-cluster-stack";
import { platformTags } from "./platform-stack";
import { publish } from "./published-outputs";
import { trafficPlatform } from "./traffic-platform";

/** The service mesh of a cluster. */
export class MeshStack extends InClusterStack {
  constructor(scope: Construct, props: InClusterStackProps) {
    super(scope, "mesh", props);
    const { mesh } = this.target.config;
    if (mesh === undefined) throw new Error(`${this.target.name} has no mesh`);
    const { ready } = this.addIstio(mesh);
    if (meshPeers(this.target).length > 0) this.letPeersRead(mesh, ready);
    const platform = trafficPlatform(this.target, []);
    if (platform && usesIstioGateway(this.target.config.traffic))
      new PlatformGateways(this, "traffic", { platform, dependsOn: ready });
    publish(this, meshContract, {
      kind: mesh.kind,
      id: mesh.id,
      trust_domain: mesh.trustDomain,
      network: meshNetwork(this.target, mesh),
    });
  }

  private addIstio(mesh: MeshConfig): Istio {
    const { clusterName, config, release } = this.target;
    const { certificateAuthority: ca } = mesh;
    const imageMirror = config.images && { imageMirror: config.images.mirror };
    // What an association of Pod Identity takes to be effective.
    if (ca) new TimeProvider(this, "time");
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
      ...(mesh.ingressGateway && { ingressGateway: mesh.ingressGateway }),
      ...(ca && {
        addCa: (scope, dependsOn) =>
          new MeshCa(scope, "ca", {
            chart: release.charts["aws-privateca-issuer"],
            clusterName,
            trustDomain: mesh.trustDomain,
            arn: ca.arn,
            days: ca.days,
            dependsOn,
            ...imageMirror,
          }).ready,
      }),
      ...imageMirror,
    });
  }

  private letPeersRead(mesh: MeshConfig, dependsOn: ITerraformDependable[]): void {
    const { config, name, environment } = this.target;
    new ReaderAccess(this, "reader", {
      meshId: mesh.id,
      own: meshReader(this.target),
      peers: meshPeers(this.target).map(meshReader),
      externalSecretsRoleArn: this.readStack("secrets", secretsContract).external_secrets_role_arn,
      tags: { ...config.tags, ...platformTags(name, environment) },
      dependsOn,
    });
  }
}

/** A cluster of the mesh, as those read it that it names in policies. */
export function meshReader({ clusterName, region, config }: Target): Reader {
  return { clusterName, region, accountId: config.account.id, partition: partitionOf(region) };
}
