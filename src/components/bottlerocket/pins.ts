import type { MinorPins } from "../pin";

export const pins: MinorPins = {
  "1.33": {
    version: "1.65.0-0be31b34",
    source: "entigolabs/entigo-infralib pull request 1488 (seen on 1.35)",
    sourceDate: "2026-09-03",
    verified: false,
    doubt: "seen for 1.35, not for 1.33",
  },
  "1.34": {
    version: "1.65.0-0be31b34",
    source: "entigolabs/entigo-infralib pull request 1488 (seen on 1.35)",
    sourceDate: "2026-09-03",
    verified: false,
    doubt: "seen for 1.35, not for 1.34",
  },
  "1.35": {
    version: "1.65.0-0be31b34",
    source: "entigolabs/entigo-infralib pull request 1488",
    sourceDate: "2026-09-03",
    verified: false,
    doubt: "seen in somebody else's pull request for 1.35, not confirmed by AWS",
  },
};
