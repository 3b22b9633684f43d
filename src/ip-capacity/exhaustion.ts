import { counted } from "../text/counted";

/** When the addresses run out. `already` and `never` are answers too. */
export type Exhaustion =
  { readonly kind: "already" } | { readonly kind: "never" } | { readonly kind: "in"; readonly days: number };

/** 365.25 / 12 */
export const DAYS_PER_MONTH = 30.4375;

/**
 * Days until `used` addresses, growing by `monthlyGrowthPercent` every month and the growth growing too, are more
 * than `available`. Whole days, rounded down.
 */
export function daysToExhaustion(used: number, available: number, monthlyGrowthPercent: number): Exhaustion {
  if (used > available) return { kind: "already" };
  if (monthlyGrowthPercent <= 0 || used <= 0) return { kind: "never" };
  const months = Math.log(available / used) / Math.log1p(monthlyGrowthPercent / 100);
  return { kind: "in", days: Math.floor(months * DAYS_PER_MONTH) };
}

/** To follow `exhausted`: `already`, `never`, `in 410 days`. */
export function formatExhaustion(exhaustion: Exhaustion): string {
  switch (exhaustion.kind) {
    case "already":
      return "already";
    case "never":
      return "never";
    case "in":
      return `in ${counted(exhaustion.days, "day")}`;
  }
}
