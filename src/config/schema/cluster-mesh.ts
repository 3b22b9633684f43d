import { z } from "zod";
import { shortName, targetName } from "./common";
import { certificateAuthority } from "./mesh-authority";

/** Cilium Cluster Mesh: clusters whose pods, services and policies know each other, without a proxy. */
export const clusterMeshSchema = z.strictObject({
  kind: z
    .literal("cilium")
    .describe(
      "Cilium Cluster Mesh: services of several clusters as one, by Cilium itself and without proxies.",
    ),
  id: shortName(63).describe("Name of the mesh, the same in all clusters of one mesh."),
  clusterId: z
    .number()
    .int()
    .min(1)
    .max(255)
    .describe(
      "Number of the cluster, unique in the mesh; with cni.kind cilium-eni 1 to 127. Changing it restarts all of Cilium.",
    ),
  certificateAuthority: certificateAuthority.describe("Who signs what clusters recognize each other by."),
  peers: z
    .array(targetName)
    .default([])
    .describe(
      "Targets that form one mesh with this one, and list it in turn: same id and CA, another clusterId. Each is in network.connections.peers.",
    ),
  replicas: z
    .number()
    .int()
    .min(2)
    .max(10)
    .default(2)
    .describe(
      "Number of pods of clustermesh-apiserver, from which peers read this cluster, spread over zones.",
    ),
  mcsApi: z
    .boolean()
    .default(false)
    .describe("ServiceExport and ServiceImport of the Multi-Cluster Services API. From Cilium 1.19 on."),
});
