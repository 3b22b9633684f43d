import { listOf, member } from "./json";

/** A Terraform module that cdktf.json names. */
export interface RegistryModule {
  readonly name: string;
  readonly source: string;
  readonly version: string;
}

/**
 * The `terraformModules` of a cdktf.json.
 *
 * @throws Error that names the entry which lacks a name, a source, or an exact version.
 */
export function registryModules(cdktfJson: unknown): RegistryModule[] {
  return listOf(member(cdktfJson, "terraformModules")).map((entry, index) => {
    const [name, source, version] = ["name", "source", "version"].map((key) => member(entry, key));
    if (typeof name !== "string" || typeof source !== "string" || typeof version !== "string") {
      throw new Error(
        `cdktf.json: terraformModules[${index}] is ${JSON.stringify(entry)}; ` +
          `write it as { "name": ..., "source": ..., "version": ... }`,
      );
    }
    return { name, source, version };
  });
}
