import { z } from "zod";
import { cidr, targetName } from "../common";

/** Id of a transit gateway. Given, never looked up: most belong to another account and are shared with this one. */
export const transitGatewayId = z
  .string()
  .regex(/^tgw-[0-9a-f]{8,17}$/, "is not a transit gateway id; write for example tgw-0123456789abcdef0")
  .meta({ examples: ["tgw-0123456789abcdef0"] });

/** Somebody else makes the routes, in the tables that the network stack publishes. */
export const ELSEWHERE = "elsewhere";

export const connectionsSchema = z
  .strictObject({
    peers: z
      .array(targetName)
      .default([])
      .describe(
        "Targets whose VPC is connected to this one, and which list it in turn. Their ranges must not overlap.",
      ),
    peersVia: z
      .union([z.literal("peering"), transitGatewayId], "must be peering or a transit gateway's id")
      .default("peering")
      .describe(
        "How peers are reached: by VPC peerings, which the federation stack makes, or by a transit gateway that knows their ranges and is billed by the hour and GB.",
      ),
    allowFromPeers: z
      .array(
        z.strictObject({
          protocol: z.enum(["tcp", "udp"]).default("tcp").describe("Transport protocol that is let in."),
          port: z.number().int().min(1).max(65535).describe("Port of nodes, and of pods on ENIs."),
        }),
      )
      .default([])
      .describe("What peers may connect to on this target's nodes and pods. Default: nothing.")
      .meta({ examples: [[{ port: 15443 }]] }),
    onPremises: z
      .strictObject({
        cidrs: z
          .array(cidr)
          .min(1)
          .describe("Address ranges on premises that the VPC exchanges traffic with.")
          .meta({ examples: [["10.200.0.0/16"]] }),
        via: z
          .union([transitGatewayId, z.literal(ELSEWHERE)], {
            error: "must be a transit gateway's id such as tgw-0123456789abcdef0, or elsewhere",
          })
          .optional()
          .describe(
            "Transit gateway that leads there: the VPC is attached to it and routes the ranges to it. elsewhere: somebody else adds the routes to node_route_table_ids and control_plane_route_table_id of the network stack. Default: elsewhere, with a warning.",
          ),
      })
      .optional()
      .describe(
        "What is reached over Direct Connect or VPN. Its ranges must not overlap with the VPC's. Default: nothing.",
      ),
  })
  .prefault({})
  .describe("Networks that this one is connected to.");
