import type { Manifest } from "../manifest";
import { STORED_CA_ENTRIES, validFor } from "../mesh/mesh-ca";
import { externalSecret } from "../secrets/external-secret";

export const CILIUM_NAMESPACE = "kube-system";
const CA = "cluster-mesh-ca";

/** Who signs for cert-manager, as its Certificate objects name it. */
export interface IssuerRef {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
}

/** An issuer of the namespace, which signs with a CA that External Secrets hands over. */
export const storedCaIssuerRef: IssuerRef = { group: "cert-manager.io", kind: "Issuer", name: CA };

/** A CA of Secrets Manager in the cluster, and the issuer that signs with it. Only Cilium's namespace has it. */
export function storedCaIssuer(store: string, secretName: string): Record<string, Manifest> {
  const [certificate, key] = STORED_CA_ENTRIES;
  return {
    ca: externalSecret({
      name: CA,
      namespace: CILIUM_NAMESPACE,
      store,
      keys: {
        "tls.crt": { name: secretName, property: certificate },
        "tls.key": { name: secretName, property: key },
      },
    }),
    issuer: {
      apiVersion: "cert-manager.io/v1",
      kind: "Issuer",
      metadata: { name: CA, namespace: CILIUM_NAMESPACE },
      spec: { ca: { secretName: CA } },
    },
  };
}

export interface PeerCertificatesProps {
  /** Cilium's name of the cluster. */
  readonly cluster: string;
  readonly issuer: IssuerRef;
  /** Host name by which peers reach the cluster's state. A token is allowed. */
  readonly address: string;
  readonly days: number;
}

/**
 * What Cilium's parts know each other by, under the names that the chart mounts. Common names are users of etcd: with
 * `authMode: cluster` each cluster is a user of its own in all others.
 */
export function peerCertificates(props: PeerCertificatesProps): Record<string, Manifest> {
  const { cluster, address } = props;
  return {
    server: certificate(props, "server", "clustermesh-apiserver.cilium.io", "server auth", {
      dnsNames: ["clustermesh-apiserver.cilium.io", `clustermesh-apiserver.${CILIUM_NAMESPACE}.svc`, address],
      ipAddresses: ["127.0.0.1", "::1"],
    }),
    admin: certificate(props, "admin", `admin-${cluster}`, "client auth"),
    local: certificate(props, "local", `local-${cluster}`, "client auth"),
    remote: certificate(props, "remote", `remote-${cluster}`, "client auth"),
  };
}

function certificate(
  { issuer, days }: PeerCertificatesProps,
  role: string,
  commonName: string,
  usage: "client auth" | "server auth",
  more: { readonly dnsNames?: readonly string[]; readonly ipAddresses?: readonly string[] } = {},
): Manifest {
  const name = `clustermesh-apiserver-${role}-cert`;
  return {
    apiVersion: "cert-manager.io/v1",
    kind: "Certificate",
    metadata: { name, namespace: CILIUM_NAMESPACE },
    spec: {
      secretName: name,
      commonName,
      ...more,
      ...validFor(days),
      privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Always" },
      usages: usagesFor(issuer, usage),
      issuerRef: { ...issuer },
    },
  };
}

/**
 * aws-privateca-issuer takes the template of its one usage, which brings the key's usages too. For more than one it takes a
 * template that signs whatever is asked (README, "Usage"), and that it may not use here.
 */
function usagesFor(issuer: IssuerRef, usage: string): string[] {
  return issuer.group === storedCaIssuerRef.group
    ? ["digital signature", "key encipherment", usage]
    : [usage];
}
