import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { ManifestRelease } from "../manifest-release";
import type { Manifest } from "../manifest";
import { externalSecret } from "../secrets/external-secret";
import { ISTIO_NAMESPACE } from "../../components/istio/istio-values";
import {
  addPrivateCaIssuer,
  privateCaIssuer,
  privateCaIssuerRef,
  type PrivateCaIssuerProps,
} from "../../components/aws-privateca-issuer/private-ca-issuer";

/** Where istiod looks for a CA of others. It takes the names that cert-manager gives the entries. */
export const CA_SECRET = "cacerts";

export interface MeshCaProps extends Omit<PrivateCaIssuerProps, "templates"> {
  readonly trustDomain: string;
  /** Days that the cluster's CA is valid. It is renewed after two thirds of them. */
  readonly days: number;
  readonly dependsOn?: ITerraformDependable[];
}

/**
 * The cluster's own CA for workloads, signed by a root that clusters share. Its private key is made in the cluster and
 * never leaves it: neither Terraform nor AWS has it.
 */
export class MeshCa extends Construct {
  readonly ready: ITerraformDependable;

  constructor(scope: Construct, id: string, props: MeshCaProps) {
    super(scope, id);
    const { arn, dependsOn = [] } = props;
    const issuer = addPrivateCaIssuer(this, {
      ...props,
      // It signs CAs of clusters, which can't sign further CAs.
      templates: ["SubordinateCACertificate_PathLen0/V1"],
    });
    this.ready = new ManifestRelease(this, "mesh-ca", {
      namespace: ISTIO_NAMESPACE,
      manifests: { issuer: privateCaIssuer(arn), certificate: caCertificate(props) },
      dependsOn: [...dependsOn, issuer.release],
    }).release;
  }
}

export interface StoredMeshCaProps {
  /** ClusterSecretStore that may read it. */
  readonly store: string;
  /** Name of the secret in Secrets Manager. */
  readonly secretName: string;
  readonly dependsOn?: ITerraformDependable[];
}

/** Entries of a stored CA, as Istio names them ("Plug in CA Certificates"). */
export const STORED_CA_ENTRIES = ["ca-cert.pem", "ca-key.pem", "root-cert.pem", "cert-chain.pem"] as const;

/** The cluster's CA as somebody else made it and keeps it in Secrets Manager. Terraform never sees it. */
export class StoredMeshCa extends Construct {
  readonly ready: ITerraformDependable;

  constructor(scope: Construct, id: string, { store, secretName, dependsOn = [] }: StoredMeshCaProps) {
    super(scope, id);
    this.ready = new ManifestRelease(this, "mesh-ca", {
      namespace: ISTIO_NAMESPACE,
      manifests: {
        ca: externalSecret({
          name: CA_SECRET,
          namespace: ISTIO_NAMESPACE,
          store,
          keys: Object.fromEntries(
            STORED_CA_ENTRIES.map((property) => [property, { name: secretName, property }]),
          ),
        }),
      },
      dependsOn,
    }).release;
  }
}

/** A certificate's life in the words of cert-manager: renewed after two thirds of it. */
export function validFor(days: number): { duration: string; renewBefore: string } {
  const hours = days * 24;
  return { duration: `${hours}h0m0s`, renewBefore: `${Math.floor(hours / 3)}h0m0s` };
}

function caCertificate({ clusterName, trustDomain, days }: MeshCaProps): Manifest {
  return {
    apiVersion: "cert-manager.io/v1",
    kind: "Certificate",
    metadata: { name: CA_SECRET, namespace: ISTIO_NAMESPACE },
    spec: {
      secretName: CA_SECRET,
      isCA: true,
      // CAs of one root are told apart by it.
      commonName: clusterName,
      subject: { organizations: [trustDomain] },
      ...validFor(days),
      privateKey: { algorithm: "RSA", size: 4096, rotationPolicy: "Always" },
      usages: ["digital signature", "cert sign", "crl sign"],
      issuerRef: privateCaIssuerRef,
    },
  };
}
