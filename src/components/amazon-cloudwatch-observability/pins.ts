import type { MinorPins } from "../pin";
import { upgradeLog } from "../upgrade-log";

export const pins: MinorPins = {
  "1.33": {
    version: "v6.7.0-eksbuild.1",
    ...upgradeLog,
  },
  "1.34": {
    version: "v6.7.0-eksbuild.1",
    ...upgradeLog,
  },
  "1.35": {
    version: "v6.7.0-eksbuild.1",
    ...upgradeLog,
  },
};
