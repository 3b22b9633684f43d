import type { MinorPins } from "../pin";

export const pins: MinorPins = {
  "1.33": {
    version: "v1.13.2-eksbuild.19",
    source: "eksctl-io/eksctl pkg/addons/default/assets/coredns-1.33.json",
    sourceDate: "2026-08-20",
    verified: true,
  },
  "1.34": {
    version: "v1.13.2-eksbuild.19",
    source: "eksctl-io/eksctl pkg/addons/default/assets/coredns-1.34.json",
    sourceDate: "2026-08-20",
    verified: true,
  },
  "1.35": {
    version: "v1.14.3-eksbuild.11",
    source: "eksctl-io/eksctl pkg/addons/default/assets/coredns-1.35.json",
    sourceDate: "2026-08-20",
    verified: true,
  },
};
