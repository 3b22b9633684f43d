/** A module's address: what is downloaded, and the folder in it. */
export interface ModulePackage {
  /** `terraform-aws-modules/eks/aws`; of what is no registry's, with its query: `git::https://host/repo.git?ref=v1`. */
  readonly package: string;
  /** `modules/karpenter`, or empty. */
  readonly folder: string;
}

/**
 * Splits a module's source at `//`, as Terraform does (go-getter, SourceDirSubdir). Undefined for a path, which is downloaded with
 * what names it or is there already.
 */
export function packageOf(source: string): ModulePackage | undefined {
  if (/^\.{0,2}\//.test(source) || source === "." || source === "..") return undefined;
  const scheme = source.indexOf("://");
  const at = source.indexOf("//", scheme < 0 ? 0 : scheme + 3);
  if (at < 0) return { package: source, folder: "" };
  const rest = source.slice(at + 2);
  const query = rest.indexOf("?");
  const folder = query < 0 ? rest : rest.slice(0, query);
  return { package: source.slice(0, at) + (query < 0 ? "" : rest.slice(query)), folder };
}
