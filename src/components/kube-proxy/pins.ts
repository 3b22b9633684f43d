import type { MinorPins } from "../pin";
import { upgradeLog } from "../upgrade-log";

export const pins: MinorPins = {
  "1.33": {
    version: "v1.33.10-eksbuild.29",
    ...upgradeLog,
  },
  "1.34": {
    version: "v1.34.6-eksbuild.29",
    ...upgradeLog,
  },
  "1.35": {
    version: "v1.35.3-eksbuild.29",
    ...upgradeLog,
  },
};
