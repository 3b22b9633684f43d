import { SecretV1 } from "@cdktf/provider-kubernetes/lib/secret-v1";
import { Fn, Op } from "cdktf";
import { Construct } from "constructs";
import { ISTIO_NAMESPACE } from "../../components/istio/istio-values";
import { kubeconfig, type RemoteCluster, remoteSecretMetadata } from "./remote-clusters";

/** One whose token its mesh stack publishes. */
export interface PublishedCluster extends RemoteCluster {
  readonly token: string;
}

export interface RemoteSecretsProps {
  readonly remotes: readonly PublishedCluster[];
}

/**
 * What istiod needs to read peers: a kubeconfig for each with the token in it, so that it lies in the state. Not by
 * Helm: its values are shown in plans, and the data of a secret are not.
 */
export class RemoteSecrets extends Construct {
  constructor(scope: Construct, id: string, { remotes }: RemoteSecretsProps) {
    super(scope, id);
    for (const { token, ...remote } of remotes) {
      new SecretV1(this, remote.clusterName, {
        metadata: { ...remoteSecretMetadata(remote.clusterName), namespace: ISTIO_NAMESPACE },
        data: { [remote.clusterName]: kubeconfig(remote, token) },
        lifecycle: {
          precondition: [
            {
              condition: Op.gte(Fn.lengthOf(token), 1),
              errorMessage: `${remote.clusterName} publishes no token yet; deploy its mesh stack first`,
            },
          ],
        },
      });
    }
  }
}
