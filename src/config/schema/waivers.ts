import { z } from "zod";
import { isDay } from "../../text/day";
import { reason } from "./common";

/** `YYYY-MM-DD`, a day that exists. */
export const day = z
  .string()
  .refine(isDay, "is not a day; write YYYY-MM-DD, for example 2027-03-31")
  .meta({ examples: ["2027-03-31"] });

const waiver = z
  .strictObject({
    rule: z
      .string()
      .regex(/^[A-Z][A-Z0-9]*(-[A-Z0-9]+)+$/, "is not a rule; write for example IP-CAPACITY-SUBNET")
      .describe("Rule that is waived, as its finding names it.")
      .meta({ examples: ["IP-CAPACITY-SUBNET"] }),
    at: z
      .string()
      .min(1)
      .describe("Place of the finding, or a path above it, such as network.subnets.nodes.")
      .meta({ examples: ["network.subnets.nodes"] }),
    reason: reason("the range is freed in March: ticket NET-42"),
    owner: z
      .string()
      .min(2, "is too short for an owner; write the team or person who answers for it")
      .describe("Who answers for the waiver: a team or person.")
      .meta({ examples: ["network-team"] }),
    expires: day.describe("Last day on which it holds; from the next one the finding is an error again."),
  })
  .describe("One finding that somebody has decided to live with for a while.");

export const waiversSchema = z
  .array(waiver)
  .default([])
  .describe("Errors that count as warnings until a given day, and warnings that are left out until then.");

export type Waiver = z.output<typeof waiver>;
