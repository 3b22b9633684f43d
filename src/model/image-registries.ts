import { type ImageRegistry, type ImageRegistryHost, imageRegistries } from "../facts/image-registries";
import { regionNamed } from "../facts/regions";
import type { Target } from "./target";
import { installs } from "./used-components";
import { inTarget, workloadsOf } from "./workloads";

/** Public registries that a target's own releases pull from, and the components that do. None where there is a mirror. */
export function publicRegistries({
  config,
  components,
}: Pick<Target, "config" | "components">): ReadonlyMap<ImageRegistryHost, readonly string[]> {
  const found = new Map<ImageRegistryHost, string[]>();
  if (config.images !== undefined) return found;
  const add = (component: string, hosts: readonly ImageRegistryHost[]) =>
    hosts.forEach((host) => found.set(host, [...(found.get(host) ?? []), component]));
  for (const { record } of components.values()) add(record.name, record.registries ?? []);
  // SPIRE of Cilium's mutual authentication.
  if (config.identity?.kind === "cilium") add("cilium's SPIRE", ["docker.io", "ghcr.io"]);
  return found;
}

/** Registry in ECR, by account and region; undefined of all others. */
export function ecrRegistry(
  registry: string,
): { readonly account: string; readonly region: string } | undefined {
  const [, account, region] =
    /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:[/:]|$)/.exec(registry) ?? [];
  return account === undefined || region === undefined ? undefined : { account, region };
}

/** Domains that nodes in a region call to pull from a registry; none where endpoints of the region lead to all of it. */
export function pullDomains(registry: string, region: string): readonly string[] {
  const [host = ""] = registry.split("/");
  const ecr = ecrRegistry(registry);
  if (ecr !== undefined) {
    if (ecr.region === region) return [];
    const { region: other } = ecr;
    // Layers come from a bucket of ECR's (ECR User Guide, "Minimum Amazon S3 Bucket Permissions for Amazon ECR").
    return [
      host,
      `api.ecr.${other}.amazonaws.com`,
      `prod-${other}-starport-layer-bucket.s3.${other}.amazonaws.com`,
    ];
  }
  const known: Readonly<Record<string, ImageRegistry>> = imageRegistries;
  const found = known[host];
  return found === undefined
    ? [host.replace(/:\d+$/, "")]
    : [...found.domains, ...(found.layerDomains?.(region) ?? [])];
}

/** What a target pulls, with the domains that it takes: by the registry's name. */
export function neededPulls(
  target: Pick<Target, "config" | "components" | "region">,
): { readonly registry: string; readonly users: readonly string[]; readonly domains: readonly string[] }[] {
  const { config, region } = target;
  const pulls = (registry: string, users: readonly string[]) => ({
    registry,
    users,
    domains: pullDomains(registry, region),
  });
  // Bottlerocket's own settings name the registry, whatever mirror there is.
  const host = installs("bottlerocket", config)
    ? [pulls(bottlerocketRegistry(region), ["Bottlerocket's host containers"])]
    : [];
  if (config.images !== undefined) return [pulls(config.images.mirror, ["the mirror"]), ...host];
  const services = Object.entries(workloadsOf(config)).map(([name, { image }]) => {
    const [host = ""] = inTarget(image, config, region).split("/");
    return pulls(host, [name]);
  });
  return [...[...publicRegistries(target)].map(([name, users]) => pulls(name, users)), ...host, ...services];
}

/**
 * Where nodes in a region pull Bottlerocket's control and admin containers from: us-east-1's where it does not know the
 * region (bottlerocket-os/bottlerocket-core-kit v3.1.1, sources/api/schnauzer/src/helpers/mod.rs, ECR_MAP and its fallback).
 */
function bottlerocketRegistry(region: string): string {
  const account = regionNamed(region).bottlerocketImages;
  const fallback = "us-east-1";
  return account === undefined
    ? `${regionNamed(fallback).bottlerocketImages}.dkr.ecr.${fallback}.amazonaws.com`
    : `${account}.dkr.ecr.${region}.amazonaws.com`;
}
