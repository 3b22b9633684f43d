import type { MinorPins } from "../pin";
import { upgradeLog } from "../upgrade-log";

export const pins: MinorPins = {
  "1.33": {
    version: "v1.22.4-eksbuild.3",
    source: "public Terraform for 1.33",
    sourceDate: "2026-09",
    verified: false,
    doubt: "seen in one configuration for 1.33, not confirmed by AWS",
  },
  "1.34": {
    version: "v1.22.4-eksbuild.3",
    ...upgradeLog,
  },
  "1.35": {
    version: "v1.22.4-eksbuild.3",
    ...upgradeLog,
  },
};
