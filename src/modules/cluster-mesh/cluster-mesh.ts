import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { ChartRef } from "../helm-release";
import { makesRemoteUsers } from "../../components/cilium/cluster-mesh-values";
import { ManifestRelease } from "../manifest-release";
import {
  addPrivateCaIssuer,
  privateCaIssuer,
  privateCaIssuerRef,
} from "../../components/aws-privateca-issuer/private-ca-issuer";
import { CILIUM_NAMESPACE, peerCertificates, storedCaIssuer, storedCaIssuerRef } from "./peer-certificates";
import { remoteUsers } from "./peer-endpoints";
import { PeerRules, type PeerTraffic } from "./peer-traffic";
import { StateLoadBalancer, type StateLoadBalancerProps } from "./state-load-balancer";

/** Who signs what clusters know each other by. */
export type MeshAuthority =
  | { readonly kind: "aws-private-ca"; readonly chart: ChartRef; readonly arn: string; readonly days: number }
  | { readonly kind: "secrets-manager"; readonly store: string; readonly secretName: string };

export interface ClusterMeshProps extends StateLoadBalancerProps {
  /** Names of the peers' clusters. Cilium's are the same. */
  readonly peers: readonly string[];
  readonly traffic: PeerTraffic;
  /** Version of the cilium chart, `1.19.6`. */
  readonly ciliumVersion: string;
  readonly authority: MeshAuthority;
  readonly imageMirror?: string;
}

/** Days that certificates of a stored CA are valid. */
const STORED_CA_DAYS = 90;

/**
 * What Cilium needs to be read by peers, after cert-manager and the load balancer controller are there: certificates of
 * a CA that all clusters share, users, a load balancer, and the way in. Private keys are made in the cluster.
 */
export class ClusterMesh extends Construct {
  /** Host name by which peers read this cluster. */
  readonly address: string;

  constructor(scope: Construct, id: string, props: ClusterMeshProps) {
    super(scope, id);
    const { clusterName, peers, traffic, authority, nodeSecurityGroupId, peerCidrs } = props;
    const balancer = new StateLoadBalancer(this, "state", props);
    this.address = balancer.address;
    new PeerRules(this, "peers", { ...traffic, nodeSecurityGroupId, peerCidrs });

    const first: ITerraformDependable[] =
      authority.kind === "aws-private-ca"
        ? [
            addPrivateCaIssuer(this, {
              ...props,
              ...authority,
              templates: ["EndEntityClientAuthCertificate/V1", "EndEntityServerAuthCertificate/V1"],
            }).release,
          ]
        : [];
    new ManifestRelease(this, "cluster-mesh", {
      namespace: CILIUM_NAMESPACE,
      manifests: {
        ...(authority.kind === "aws-private-ca"
          ? { issuer: privateCaIssuer(authority.arn) }
          : storedCaIssuer(authority.store, authority.secretName)),
        ...peerCertificates({
          cluster: clusterName,
          issuer: authority.kind === "aws-private-ca" ? privateCaIssuerRef : storedCaIssuerRef,
          address: balancer.address,
          days: authority.kind === "aws-private-ca" ? authority.days : STORED_CA_DAYS,
        }),
        ...(!makesRemoteUsers(props.ciliumVersion) && { users: remoteUsers(peers) }),
        targets: balancer.binding,
      },
      dependsOn: first,
    });
  }
}
