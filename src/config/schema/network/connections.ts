import { z } from "zod";
import { cidr, targetName } from "../common";

/** Id of a transit gateway. Given, never looked up: most belong to another account and are shared with this one. */
export const transitGatewayId = z
  .string()
  .regex(/^tgw-[0-9a-f]{8,17}$/, "is no transit gateway id; write for example tgw-0123456789abcdef0")
  .meta({ examples: ["tgw-0123456789abcdef0"] });

export const connectionsSchema = z
  .strictObject({
    peers: z
      .array(targetName)
      .default([])
      .describe("Targets whose VPC is connected with this one: nothing may overlap."),
    onPremises: z
      .strictObject({
        cidrs: z.array(cidr).min(1).describe("Address ranges on premises."),
        via: transitGatewayId
          .optional()
          .describe(
            "Transit gateway that leads there: the VPC is attached to it and routes the ranges to it. Default: no routes, somebody else makes them.",
          ),
      })
      .optional()
      .describe("What is reached over Direct Connect or VPN: nothing may overlap."),
  })
  .prefault({})
  .describe("Networks that this one is connected with.");
