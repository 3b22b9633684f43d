import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { ManifestRelease } from "../manifest-release";
import type { Manifest } from "../manifest";
import { ISTIO_NAMESPACE } from "../../components/istio/istio-values";

/** Another cluster of the mesh, as its own stacks publish it. */
export interface RemoteCluster {
  readonly clusterName: string;
  /** Address of its Kubernetes API, with scheme. */
  readonly endpoint: string;
  /** CA of its Kubernetes API, base64. */
  readonly certificateAuthorityData: string;
}

/** One whose token External Secrets fetches. */
export interface FetchedCluster extends RemoteCluster {
  /** Secret that holds the token for reading it. */
  readonly secretName: string;
  /** Role, in that cluster's account, that may read the secret. */
  readonly roleArn: string;
}

export interface RemoteClustersProps {
  /** Region of this cluster: the secrets are replicated to it. */
  readonly region: string;
  readonly remotes: readonly FetchedCluster[];
  readonly dependsOn?: ITerraformDependable[];
}

/** What istiod needs to read peers: a kubeconfig for each, put together in the cluster. Its token is in no state. */
export class RemoteClusters extends Construct {
  constructor(scope: Construct, id: string, { region, remotes, dependsOn = [] }: RemoteClustersProps) {
    super(scope, id);
    new ManifestRelease(this, "mesh-remotes", {
      namespace: ISTIO_NAMESPACE,
      manifests: Object.fromEntries(
        remotes.flatMap((remote) => [
          [
            `${remote.clusterName}-store`,
            awsSecretStore(`mesh-${remote.clusterName}`, region, remote.roleArn),
          ],
          [remote.clusterName, remoteSecret(remote)],
        ]),
      ),
      dependsOn,
    });
  }
}

/** A store of the mesh's own namespace: nobody else may use it. */
export function awsSecretStore(name: string, region: string, roleArn: string): Manifest {
  return {
    apiVersion: "external-secrets.io/v1",
    kind: "SecretStore",
    metadata: { name, namespace: ISTIO_NAMESPACE },
    spec: { provider: { aws: { service: "SecretsManager", region, role: roleArn } } },
  };
}

/** istiod finds a kubeconfig by the label and takes the cluster's name from the annotation. */
export function remoteSecretMetadata(clusterName: string) {
  return {
    name: `istio-remote-secret-${clusterName}`,
    labels: { "istio/multiCluster": "true" },
    annotations: { "networking.istio.io/cluster": clusterName },
  };
}

function remoteSecret(remote: FetchedCluster): Manifest {
  const { clusterName, secretName } = remote;
  const { name, ...metadata } = remoteSecretMetadata(clusterName);
  return {
    apiVersion: "external-secrets.io/v1",
    kind: "ExternalSecret",
    metadata: { name, namespace: ISTIO_NAMESPACE },
    spec: {
      refreshInterval: "1h0m0s",
      secretStoreRef: { kind: "SecretStore", name: `mesh-${clusterName}` },
      target: {
        name,
        creationPolicy: "Owner",
        deletionPolicy: "Retain",
        template: {
          engineVersion: "v2",
          metadata,
          data: { [clusterName]: kubeconfig(remote, "{{ .token }}") },
        },
      },
      data: [{ secretKey: "token", remoteRef: { key: secretName } }],
    },
  };
}

export function kubeconfig(
  { clusterName, endpoint, certificateAuthorityData }: RemoteCluster,
  token: string,
): string {
  return [
    "apiVersion: v1",
    "kind: Config",
    "clusters:",
    `  - name: ${clusterName}`,
    "    cluster:",
    `      server: ${endpoint}`,
    `      certificate-authority-data: ${certificateAuthorityData}`,
    "contexts:",
    `  - name: ${clusterName}`,
    "    context:",
    `      cluster: ${clusterName}`,
    `      user: ${clusterName}`,
    `current-context: ${clusterName}`,
    "users:",
    `  - name: ${clusterName}`,
    "    user:",
    `      token: ${token}`,
    "",
  ].join("\n");
}
