import { z } from "zod";
import { reason } from "../common";
import { portName } from "./ports";

/** Kubernetes, "Service": range of node ports by default, which EKS keeps. */
const nodePort = z.number().int().min(30000).max(32767);

export const serviceSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("cluster-ip").describe("An address in the cluster, balanced over the pods."),
    }),
    z.strictObject({ kind: z.literal("headless").describe("No address: DNS gives those of the pods.") }),
    z.strictObject({
      kind: z.literal("node-port").describe("A port on every node."),
      nodePorts: z
        .record(portName, nodePort)
        .default({})
        .describe(
          "Port of the nodes, 30000 to 32767, by the name of the service's port. Default: one that is free.",
        ),
    }),
    z.strictObject({
      kind: z.literal("nlb").describe("A Network Load Balancer. Needs ingress."),
      internetFacing: z
        .strictObject({ reason: reason("game clients speak UDP to it: GAME-8") })
        .optional()
        .describe(
          "Faces the internet, with the reason. Only in ingress.loadBalancers.publicNamespaces. Default: internal.",
        ),
    }),
  ])
  .optional()
  .describe("How the service is reached. Default: headless for a stateful-set, else cluster-ip.");

export type ServiceConfig = NonNullable<z.output<typeof serviceSchema>>;
