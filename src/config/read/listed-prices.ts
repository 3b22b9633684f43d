import nodePath from "node:path";
import { z } from "zod";
import { offers } from "../../cost/price-list";
import type { ListedPrices } from "../../cost/price-list";
import type { Problem } from "./problem";
import { day } from "../schema/waivers";
import { readWrittenFile } from "./written-file";

const listedPrices = z.record(
  z.string(),
  z.record(z.string(), z.strictObject({ usd: z.number().nonnegative(), offer: z.enum(offers), asOf: day })),
);

/** Where prices that AWS lists are kept: beside the folder of targets, with whom they are committed. */
export function listedPricesFile(envsDir: string): string {
  return nodePath.join(nodePath.dirname(nodePath.resolve(envsDir)), "aws-prices.json");
}

/** What `npx octarine cost refresh` wrote; nothing, where it never did. */
export function readListedPrices(envsDir: string): { prices: ListedPrices; problems: Problem[] } {
  const file = listedPricesFile(envsDir);
  const { written = {}, problems } = readWrittenFile(file, listedPrices, "npx octarine cost refresh");
  return { prices: written, problems };
}
