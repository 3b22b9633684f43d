import { ExpectedError } from "../../text/errors";
import readline from "node:readline";
import { Readable } from "node:stream";
import { offerPath, OfferReader, offers, pricesIn } from "../../cost/price-list";
import type { ListedPrice, ListedPrices } from "../../cost/price-list";
import { PRICE_LIST } from "./addresses";
import type { HttpGet } from "./http";

export interface RegionRefresh {
  readonly region: string;
  readonly prices: Readonly<Record<string, ListedPrice>>;
  /** Looked for in a list that was read, and not there. */
  readonly absent: readonly string[];
  /** Listed more than once with different figures. */
  readonly ambiguous: readonly string[];
  /** Services whose list could not be read, and why. */
  readonly failures: readonly string[];
}

/** Reads the lists of one region, one service after the other. */
export async function refreshRegion(
  region: string,
  instanceTypes: ReadonlySet<string>,
  { get, base = PRICE_LIST }: { readonly get: HttpGet; readonly base?: string },
): Promise<RegionRefresh> {
  const prices: Record<string, ListedPrice> = {};
  const absent: string[] = [];
  const ambiguous: string[] = [];
  const failures: string[] = [];
  for (const offer of offers) {
    const url = `${base}${offerPath(offer, region)}`;
    const reader = new OfferReader(offer, instanceTypes);
    try {
      await readLines(url, get, reader);
      const result = reader.result();
      Object.assign(prices, result.prices);
      ambiguous.push(...result.ambiguous);
      const found = [...Object.keys(result.prices), ...result.ambiguous];
      const wanted = offer === "AmazonEC2" ? [...instanceTypes].map((type) => `instances.${type}`) : [];
      absent.push(...[...pricesIn(offer), ...wanted].filter((name) => !found.includes(name)));
    } catch (error) {
      failures.push(`${offer}: ${url}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { region, prices, absent, ambiguous, failures };
}

async function readLines(url: string, get: HttpGet, reader: OfferReader): Promise<void> {
  const answer = await get(url);
  if ("failure" in answer) throw new ExpectedError(answer.failure);
  const { ok, status, body } = answer.response;
  if (!ok || body === null) throw new ExpectedError(`HTTP ${status}`);
  const input = Readable.fromWeb(body);
  for await (const line of readline.createInterface({ input, crlfDelay: Infinity })) reader.line(line);
}

/** Regions that were read take the place of what was known of them; others stay. */
export function withRefreshed(known: ListedPrices, read: readonly RegionRefresh[]): ListedPrices {
  const all = { ...known, ...Object.fromEntries(read.map(({ region, prices }) => [region, prices])) };
  const sorted = <T>(map: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
  return Object.fromEntries(Object.entries(sorted(all)).map(([region, prices]) => [region, sorted(prices)]));
}
