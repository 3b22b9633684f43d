import { z } from "zod";
import { reason } from "./common";
import { shortOrMap } from "./short-or-map";

/**
 * How the token by which istiod of a peer reads this cluster gets there. What Istio's chart lets its bearer read:
 * istio-discovery, templates/reader-clusterrole.yaml (Secrets among it, since istio/istio pull request 28052).
 */
export const tokenExchange = z
  .union(
    [
      z.literal("external-secrets").transform(() => ({ kind: "external-secrets" as const })),
      z.strictObject({
        kind: z
          .literal("terraform-state")
          .describe(
            "Terraform hands it over, and it is stored in the states of both targets, which are encrypted. It reads services, endpoints, pods and Secrets of all namespaces, and never expires: whoever reads a state and reaches the API server can use it.",
          ),
        reason: reason("no External Secrets in the peers yet: MESH-19"),
      }),
    ],
    {
      error: shortOrMap("must be external-secrets or { kind: terraform-state, reason }"),
    },
  )
  .prefault("external-secrets")
  .describe(
    "How peers get the token for reading this cluster, the same in all of them. external-secrets: by Secrets Manager, and Terraform never sees it.",
  );

/** Kubernetes makes the same token again for a Secret of the same name: a new one takes a new name. */
export const readerToken = z
  .strictObject({
    generation: z
      .number()
      .int()
      .min(1)
      .max(9999)
      .default(1)
      .describe(
        "Number of the token: raise it by one for a new one; the previous one is gone with the next deployment.",
      ),
    keepPrevious: z
      .boolean()
      .default(false)
      .describe("The token of the previous generation works too, until every peer has the new one."),
  })
  .prefault({})
  .describe("The token by which peers read this cluster (docs/components/mesh.md, A new token).");
