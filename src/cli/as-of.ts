import type { LoadOptions } from "../fleet/load-fleet";
import { isDay } from "../text/day";
import { UsageError } from "./report-error";

/**
 * The day that waivers are compared with: `--as-of`, else the day of SOURCE_DATE_EPOCH (seconds since 1970, the
 * convention of reproducible builds), else none.
 *
 * @throws UsageError for what is not a day
 */
export function asOfDay(option: string | undefined, sourceDateEpoch: string | undefined): LoadOptions {
  if (option !== undefined) {
    if (!isDay(option)) throw new UsageError(`--as-of ${option} is not a day; write YYYY-MM-DD`);
    return { asOf: option };
  }
  if (sourceDateEpoch === undefined || sourceDateEpoch === "") return {};
  const date = new Date(Number(sourceDateEpoch) * 1000);
  if (!/^\d+$/.test(sourceDateEpoch) || Number.isNaN(date.getTime())) {
    throw new UsageError(
      `SOURCE_DATE_EPOCH=${sourceDateEpoch} is not a number of seconds since 1970; unset it`,
    );
  }
  return { asOf: date.toISOString().slice(0, "YYYY-MM-DD".length) };
}
