import { z } from "zod";
import { cidr, targetName } from "../common";

export const connectionsSchema = z
  .strictObject({
    peers: z
      .array(targetName)
      .default([])
      .describe("Targets whose VPC is connected with this one: nothing may overlap."),
    onPremises: z
      .strictObject({ cidrs: z.array(cidr).min(1).describe("Address ranges on premises.") })
      .optional()
      .describe("What is reached over Direct Connect or VPN: nothing may overlap."),
  })
  .prefault({})
  .describe("Networks that this one is connected with.");
