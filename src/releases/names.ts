/** Releases, oldest first. Their pins are in the folders of components; src/releases/releases.ts puts them together. */
export const releaseNames = ["2025.09", "2026.11"] as const;
export type ReleaseName = (typeof releaseNames)[number];

/** Kubernetes minors with pins of their own, oldest first; those of no release are steps between two. */
export const minorNames = ["1.33", "1.34", "1.35"] as const;
export type MinorName = (typeof minorNames)[number];
