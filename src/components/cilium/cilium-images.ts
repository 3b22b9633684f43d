import type { ChartValues } from "../../modules/chart-values";
import { mirrored } from "../../modules/mirrored-image";

/** Image repositories of the cilium chart below a mirror. Digests stay as they are. */
export function ciliumImages(mirror: string, clusterMesh = false): ChartValues {
  const image = (name: string) => ({ repository: mirrored(`quay.io/cilium/${name}`, mirror) });
  return {
    image: image("cilium"),
    operator: { image: image("operator") },
    envoy: { image: image("cilium-envoy") },
    certgen: { image: image("certgen") },
    ...(clusterMesh && { clustermesh: { apiserver: { image: image("clustermesh-apiserver") } } }),
    hubble: {
      relay: { image: image("hubble-relay") },
      ui: { backend: { image: image("hubble-ui-backend") }, frontend: { image: image("hubble-ui") } },
    },
  };
}
