import type { MinorPins } from "../pin";

export const pins: MinorPins = {
  "1.33": {
    version: "v1.3.10-eksbuild.3",
    source: "public list of add-on defaults for 1.33",
    sourceDate: "2026-06-05",
    verified: false,
    doubt: "seen in one configuration that quotes AWS, not confirmed by AWS",
  },
  "1.34": {
    version: "v1.3.10-eksbuild.3",
    source: "public lists of add-on versions for 1.33 and 1.35",
    sourceDate: "2026-10-02",
    verified: false,
    doubt: "seen for 1.33 and 1.35, not for 1.34",
  },
  "1.35": {
    version: "v1.3.10-eksbuild.3",
    source: "public list of add-on versions for 1.35",
    sourceDate: "2026-10-02",
    verified: false,
    doubt: "seen in one configuration that quotes AWS, not confirmed by AWS",
  },
};
