import { z } from "zod";
import { assumptionNames, assumptionTable, type AssumptionName } from "../../cost/assumptions";
import { type PriceName, priceNames, priceTable } from "../../cost/price-names";

const price = z.number().min(0, "is not a price; write USD, 0 or more");

const priceFields = Object.fromEntries(
  priceNames.map((name) => [
    name,
    price
      .optional()
      .describe(
        `USD for one ${priceTable[name].unit}: ${priceTable[name].text}. Default: AWS's published price, where this version knows it for the region.`,
      ),
  ]),
) as Record<PriceName, z.ZodOptional<typeof price>>;

const capitalized = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

const amount = z.number().min(0, "is not an amount; write 0 or more");

const assumptionFields = Object.fromEntries(
  assumptionNames.map((name) => [
    name,
    amount
      .optional()
      .describe(`${capitalized(assumptionTable[name].text)}. Default: ${assumptionTable[name].default}.`),
  ]),
) as Record<AssumptionName, z.ZodOptional<typeof amount>>;

export const costSchema = z
  .strictObject({
    prices: z
      .strictObject({
        ...priceFields,
        instances: z
          .record(z.string(), price)
          .default({})
          .describe("USD per hour on demand, by instance type.")
          .meta({ examples: [{ "m7i.large": 0.1008 }] }),
      })
      .prefault({})
      .describe("Prices of the target's region, in place of published ones or where none is known."),
    source: z
      .string()
      .min(1)
      .optional()
      .describe("Where the prices given were read, so that others can check them. Default: not said."),
    asOf: z.iso
      .date("is not a day; write YYYY-MM-DD")
      .optional()
      .describe("Day on which the prices given were read, YYYY-MM-DD. Default: undated."),
    assumptions: z
      .strictObject(assumptionFields)
      .prefault({})
      .describe("Amounts that the bill depends on and the configuration does not say."),
  })
  .prefault({})
  .describe("What the command `cost` calculates with. Changes nothing that is deployed.");
