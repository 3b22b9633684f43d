import { layerBuckets } from "../../facts/image-registries";
import type { Need } from "./need";

/** What a target pulls, with the domains that it takes. */
export interface Pull {
  readonly registry: string;
  readonly users: readonly string[];
  readonly domains: readonly string[];
}

/** Registries that nodes pull from, and the buckets that layers come from. */
export function imageNeeds(pulls: readonly Pull[], region: string): Need[] {
  const need = (name: string, why: string): Need => ({
    kind: "images",
    from: { kind: "nodes" },
    to: { kind: "name", name },
    port: 443,
    protocol: "TCP",
    why,
    source: "registries of components' images, and those of services",
  });
  const ofPulls = pulls.flatMap(({ registry, users, domains }) => {
    const [host = ""] = registry.split("/");
    // A domain with a dot in front stands for all below it: quay.io's layers come from cdn01.quay.io and others.
    const names = domains.map((each) => (each.startsWith(".") ? `any${each}` : each));
    return [...new Set([host, ...names])].map((name) =>
      need(name, `nodes pull images of ${users.join(", ")}`),
    );
  });
  const layers = `prod-${region}-starport-layer-bucket.s3.${region}.amazonaws.com`;
  const isPublic = pulls.some(({ registry }) => registry === "quay.io" || registry === "registry.k8s.io");
  const buckets = isPublic ? layerBuckets(region).map((each) => `${each}.s3.${region}.amazonaws.com`) : [];
  return unique([
    ...ofPulls,
    need(layers, "layers of images in ECR: those of EKS itself, at least"),
    need(`dkr.ecr.${region}.amazonaws.com`, "images of EKS itself"),
    ...buckets.map((each) => need(each, "layers of images in public registries")),
  ]);
}

function unique(needs: readonly Need[]): Need[] {
  const seen = new Set<string>();
  return needs.filter(({ to }) => to.kind === "name" && seen.size < seen.add(to.name).size);
}
