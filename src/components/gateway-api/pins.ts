import type { BundlePin, ReleasePins } from "../pin";

/** Experimental channel: the bundle that the release's Cilium and Istio both take. */
export const pins: ReleasePins<BundlePin> = {
  "2025.09": {
    version: "v1.3.0",
    source: "kubernetes-sigs/gateway-api tag v1.3.0",
    sourceDate: "2025-04-23",
    verified: true,
    digest: {
      sha256: "3e7a27e4456ff3d68606a6a8516306aaff354d6f0950b32bb31930669b7bf8b8",
      source:
        "made from the tag by its hack/build-install-yaml.sh; oxibelt, a public repository, pins the same for the download",
    },
  },
  "2026.11": {
    version: "v1.4.1",
    source: "kubernetes-sigs/gateway-api tag v1.4.1",
    sourceDate: "2025-12-04",
    verified: true,
    digest: {
      sha256: "553327e0ff32a1a2be446bf93823c8413cf9253ac6a6d5407eebd1e8d269f69e",
      source:
        "made from the tag by its hack/build-install-yaml.sh of 2025, which gives v1.3.0's known digest, too; the download itself was not seen",
    },
  },
};
