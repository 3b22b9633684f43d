import type { MinorPins } from "../pin";
import { upgradeLog } from "../upgrade-log";

export const pins: MinorPins = {
  "1.33": {
    version: "v1.63.1-eksbuild.1",
    source: "public per-minor map of add-on defaults",
    sourceDate: "2026-08",
    verified: false,
    doubt: "seen in one map of versions by minor, not confirmed by AWS",
  },
  "1.34": {
    version: "v1.66.0-eksbuild.1",
    ...upgradeLog,
  },
  "1.35": {
    version: "v1.66.0-eksbuild.1",
    ...upgradeLog,
  },
};
