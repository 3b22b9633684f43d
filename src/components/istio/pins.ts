import type { Pin, ReleasePins } from "../pin";

/** Of all of its charts, which only work at one version. */
export const pins: ReleasePins<Pin> = {
  "2025.09": {
    version: "1.27.9",
    source: "istio/istio tag 1.27.9",
    sourceDate: "2026-04-02",
    verified: true,
  },
  "2026.11": {
    version: "1.29.6",
    source: "istio/istio tag 1.29.6",
    sourceDate: "2026-07-13",
    verified: true,
  },
};
