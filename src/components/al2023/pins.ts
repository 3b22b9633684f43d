import type { MinorPins } from "../pin";

const CHANGELOG = "awslabs/amazon-eks-ami CHANGELOG.md";

export const pins: MinorPins = {
  "1.33": { version: "1.33.13-20260714", source: CHANGELOG, sourceDate: "2026-07-21", verified: true },
  "1.34": { version: "1.34.9-20260714", source: CHANGELOG, sourceDate: "2026-07-21", verified: true },
  "1.35": {
    version: "1.35.6-20260714",
    source: CHANGELOG,
    sourceDate: "2026-07-21",
    verified: true,
  },
};
