import { DataKubernetesSecretV1 } from "@cdktf/provider-kubernetes/lib/data-kubernetes-secret-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { ManifestRelease } from "../manifest-release";
import type { Manifest } from "../manifest";
import { ISTIO_NAMESPACE } from "../../components/istio/istio-values";

export const READER_TOKEN = "istio-reader-token";
/**
 * Made by Istio's base chart. By istiod's it reads services, endpoints, pods and Secrets of all namespaces (chart istiod,
 * templates/reader-clusterrole.yaml).
 */
const READER = "istio-reader-service-account";

/** Which token it is. */
export interface TokenGeneration {
  /** From 1 on. */
  readonly generation: number;
  /** The one before works as well. */
  readonly keepPrevious: boolean;
}

/**
 * Name of the Secret. A token says nothing of its time, only the Secret's name and the account: under an old name Kubernetes makes the
 * old token again, which a leak has made worthless (kubernetes/kubernetes, pkg/serviceaccount/legacy.go, LegacyClaims).
 */
export function readerTokenName(generation: number): string {
  return generation === 1 ? READER_TOKEN : `${READER_TOKEN}-${generation}`;
}

/** The Secrets of a generation, and of the one before where it is kept. */
export function tokenSecrets({ generation, keepPrevious }: TokenGeneration): Record<string, Manifest> {
  return {
    token: tokenSecret(readerTokenName(generation)),
    ...(keepPrevious && generation > 1 && { "previous-token": tokenSecret(readerTokenName(generation - 1)) }),
  };
}

/** Kubernetes fills it: a token without an end, which is gone with the secret. */
function tokenSecret(name: string): Manifest {
  return {
    apiVersion: "v1",
    kind: "Secret",
    type: "kubernetes.io/service-account-token",
    metadata: {
      name,
      namespace: ISTIO_NAMESPACE,
      annotations: { "kubernetes.io/service-account.name": READER },
    },
  };
}

export interface ReaderTokenProps extends TokenGeneration {
  readonly dependsOn: ITerraformDependable[];
}

/** The token by which peers read this cluster, for where Terraform itself hands it over: it lies in the state. */
export class ReaderToken extends Construct {
  /** Sensitive. */
  readonly token: string;

  constructor(scope: Construct, id: string, { dependsOn, ...which }: ReaderTokenProps) {
    super(scope, id);
    // Of the same name as where External Secrets hands the token over: a change of the exchange keeps it.
    const { release } = new ManifestRelease(this, "mesh-reader", {
      namespace: ISTIO_NAMESPACE,
      manifests: tokenSecrets(which),
      dependsOn,
    });
    const { data } = new DataKubernetesSecretV1(this, "token", {
      metadata: { name: readerTokenName(which.generation), namespace: ISTIO_NAMESPACE },
      dependsOn: [release],
      lifecycle: {
        postcondition: [
          {
            // Kubernetes fills the secret a moment after it is made, which Helm does not wait for.
            condition: '${contains(keys(self.data), "token")}',
            errorMessage: `Kubernetes has not put a token into ${READER_TOKEN} yet; deploy the mesh stack again`,
          },
        ],
      },
    });
    this.token = data.lookup("token");
  }
}
