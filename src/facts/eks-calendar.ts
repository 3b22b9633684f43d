import { dataAsOf } from "./as-of";

/** Support dates of a Kubernetes minor on EKS, `YYYY-MM-DD`. */
export interface SupportDates {
  /** First day on EKS. */
  readonly released: string;
  /** Last day of standard support. */
  readonly standard: string;
  /** Last day of extended support, which costs extra. */
  readonly extended: string;
}

/**
 * Source: awsdocs/amazon-eks-user-guide `latest/ug/versioning/kubernetes-versions.adoc` (1.30 to 1.34, copy of
 * 2025-12) and endoflife-date/endoflife.date `products/amazon-eks.md` (1.35 and 1.36, 2026-08-22).
 */
export const eksCalendar: Readonly<Record<string, SupportDates>> = {
  "1.30": { released: "2024-05-23", standard: "2025-07-23", extended: "2026-07-23" },
  "1.31": { released: "2024-09-26", standard: "2025-11-26", extended: "2026-11-26" },
  "1.32": { released: "2025-01-23", standard: "2026-03-23", extended: "2027-03-23" },
  "1.33": { released: "2025-05-29", standard: "2026-07-29", extended: "2027-07-29" },
  "1.34": { released: "2025-10-02", standard: "2026-12-02", extended: "2027-12-02" },
  "1.35": { released: "2026-01-27", standard: "2027-03-27", extended: "2028-03-27" },
  "1.36": { released: "2026-06-02", standard: "2027-08-02", extended: "2028-08-02" },
};

/** USD per cluster and hour (EKS pricing page: 0.10, and 0.50 more in extended support). */
export const controlPlaneUsdPerHour = { standard: 0.1, extended: 0.6 } as const;

/** When support ends for a minor, and whether standard support has ended by `asOf` (`YYYY-MM-DD`). */
export function supportEnd(
  minor: string,
  asOf: string = dataAsOf,
): (SupportDates & { readonly standardEnded: boolean }) | undefined {
  const dates = eksCalendar[minor];
  return dates && { ...dates, standardEnded: dates.standard < asOf };
}
