import type { Manifest } from "../manifest-release";

/** One entry of a Kubernetes secret, and where its value is in AWS. */
export interface RemoteKey {
  /** Name of the secret or parameter. */
  readonly name: string;
  /** Field of a secret that holds JSON. Left out: the whole text. */
  readonly property?: string;
}

export interface ExternalSecretSpec {
  readonly name: string;
  readonly namespace: string;
  /** A ClusterSecretStore. */
  readonly store: string;
  readonly keys: Readonly<Record<string, RemoteKey>>;
  /** @default 60 */
  readonly refreshMinutes?: number;
}

/** AWS values as a Kubernetes secret that External Secrets keeps up to date. */
export function externalSecret({
  name,
  namespace,
  store,
  keys,
  refreshMinutes = 60,
}: ExternalSecretSpec): Manifest {
  return {
    apiVersion: "external-secrets.io/v1",
    kind: "ExternalSecret",
    metadata: { name, namespace },
    spec: {
      refreshInterval: `${refreshMinutes}m0s`,
      secretStoreRef: { kind: "ClusterSecretStore", name: store },
      // Deleting an ExternalSecret takes its secret away; a value that vanished in AWS does not.
      target: { name, creationPolicy: "Owner", deletionPolicy: "Retain" },
      data: Object.entries(keys).map(([secretKey, { name: key, property }]) => ({
        secretKey,
        remoteRef: { key, ...(property !== undefined && { property }) },
      })),
    },
  };
}
