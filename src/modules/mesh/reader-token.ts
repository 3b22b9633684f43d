import { DataKubernetesSecretV1 } from "@cdktf/provider-kubernetes/lib/data-kubernetes-secret-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type Manifest, ManifestRelease } from "../manifest-release";
import { ISTIO_NAMESPACE } from "./istio-values";

export const READER_TOKEN = "istio-reader-token";
/**
 * Made by Istio's base chart. By istiod's it reads services, endpoints, pods and Secrets of all namespaces (chart istiod,
 * templates/reader-clusterrole.yaml).
 */
const READER = "istio-reader-service-account";

/** Kubernetes fills it: a token without an end, which is gone with the secret. */
export function tokenSecret(): Manifest {
  return {
    apiVersion: "v1",
    kind: "Secret",
    type: "kubernetes.io/service-account-token",
    metadata: {
      name: READER_TOKEN,
      namespace: ISTIO_NAMESPACE,
      annotations: { "kubernetes.io/service-account.name": READER },
    },
  };
}

export interface ReaderTokenProps {
  readonly dependsOn: ITerraformDependable[];
}

/** The token by which peers read this cluster, for where Terraform itself hands it over: it lies in the state. */
export class ReaderToken extends Construct {
  /** Sensitive. */
  readonly token: string;

  constructor(scope: Construct, id: string, { dependsOn }: ReaderTokenProps) {
    super(scope, id);
    // Of the same name as where External Secrets hands the token over: a change of the exchange keeps it.
    const { release } = new ManifestRelease(this, "mesh-reader", {
      namespace: ISTIO_NAMESPACE,
      manifests: { token: tokenSecret() },
      dependsOn,
    });
    const { data } = new DataKubernetesSecretV1(this, "token", {
      metadata: { name: READER_TOKEN, namespace: ISTIO_NAMESPACE },
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
