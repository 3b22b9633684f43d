import type { Release } from "./release";
import { release202509 } from "./2025.09";
import { release202611 } from "./2026.11";

/** Oldest first. */
export const releaseNames = ["2025.09", "2026.11"] as const;
export type ReleaseName = (typeof releaseNames)[number];

export const releases: Readonly<Record<ReleaseName, Release>> = {
  "2025.09": release202509,
  "2026.11": release202611,
};
