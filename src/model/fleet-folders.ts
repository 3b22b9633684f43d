import type { TargetConfig } from "../config/schema/target";

type Gitops = NonNullable<TargetConfig["gitops"]>;

/** Folder of the repository that applications are in. */
export function fleetPath({ repo, projects }: Pick<Gitops, "repo" | "projects">): string {
  return repo.path ?? (Object.keys(projects).length > 0 ? "apps" : "clusters");
}

/** Namespaces that a folder of the cluster's may be named after, where there are no projects. */
export function fleetNamespaces({ namespaces }: Pick<TargetConfig, "namespaces">): readonly string[] {
  return Object.keys(namespaces).sort();
}

/** How a repository is read that has no credentials. */
export function uncredentialed({ url, credentials }: Gitops["repo"]): "ssh" | "public" | undefined {
  if (credentials !== undefined) return undefined;
  return url.startsWith("https://") ? "public" : "ssh";
}
