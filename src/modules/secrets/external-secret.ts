import type { Manifest } from "../manifest";

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
  /** Labels of the Kubernetes secret. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Entries that are not secret and do not come from AWS. */
  readonly literals?: Readonly<Record<string, string>>;
  /** @default 60 */
  readonly refreshMinutes?: number;
}

/** AWS values as a Kubernetes secret that External Secrets keeps up to date. */
export function externalSecret({
  name,
  namespace,
  store,
  keys,
  labels,
  literals = {},
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
      target: {
        name,
        creationPolicy: "Owner",
        deletionPolicy: "Retain",
        ...((labels !== undefined || Object.keys(literals).length > 0) && {
          template: {
            mergePolicy: "Merge",
            ...(labels && { metadata: { labels: { ...labels } } }),
            data: { ...literals },
          },
        }),
      },
      data: Object.entries(keys).map(([secretKey, { name: key, property }]) => ({
        secretKey,
        remoteRef: { key, ...(property !== undefined && { property }) },
      })),
    },
  };
}
