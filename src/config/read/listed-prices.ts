import nodePath from "node:path";
import { z } from "zod";
import { offers } from "../../cost/price-list";
import type { ListedPrices } from "../../cost/price-list";
import { displayPath } from "./display-path";
import type { Problem } from "./problem";
import { exists, readText } from "../../reads/reads";
import { day } from "../schema/waivers";
import { whyUnreadable } from "./why-unreadable";

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
  const wrong = (message: string) => {
    const problem = { file: displayPath(file), line: 1, column: 1, path: "", message };
    return { prices: {}, problems: [problem] };
  };
  if (!exists(file)) return { prices: {}, problems: [] };
  let text: string;
  try {
    text = readText(file);
  } catch (error) {
    return wrong(`can't be read (${whyUnreadable(error)})`);
  }
  const read = listedPrices.safeParse(parsed(text));
  return read.success
    ? { prices: read.data, problems: [] }
    : wrong("does not hold what npx octarine cost refresh writes; remove it, and run that again");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
