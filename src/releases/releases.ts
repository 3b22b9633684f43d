import { eks133 } from "./eks-minors/eks-1.33";
import { eks134 } from "./eks-minors/eks-1.34";
import { eks135 } from "./eks-minors/eks-1.35";
import { release202509 } from "./2025.09";
import { release202611 } from "./2026.11";
import type { EksMinor, Release } from "./release";

/** Oldest first. */
export const releaseNames = ["2025.09", "2026.11"] as const;
export type ReleaseName = (typeof releaseNames)[number];

export const releases: Readonly<Record<ReleaseName, Release>> = {
  "2025.09": release202509,
  "2026.11": release202611,
};

/** Kubernetes minors with pins of their own, oldest first; those of no release are steps between two. */
export const eksMinors = {
  "1.33": eks133,
  "1.34": eks134,
  "1.35": eks135,
} as const satisfies Readonly<Record<string, EksMinor>>;
export type MinorName = keyof typeof eksMinors;
export const minorNames = Object.keys(eksMinors) as MinorName[];
