import { parseAllDocuments } from "yaml";
import { type Fields, isFields } from "../fields";

/** A Kubernetes object as plain data. */
export type KubernetesObject = Fields & { readonly kind: string };

/** The objects of rendered manifests; what is empty or not an object is left out. */
export function objectsOf(yaml: string): KubernetesObject[] {
  return [...parseAllDocuments(yaml)].map((document): unknown => document.toJS()).filter(isObject);
}

/** `group/version/Kind` of what custom resource definitions make the API server serve. */
export function servedApis(objects: readonly KubernetesObject[]): string[] {
  return objects.flatMap(({ kind, spec }) => {
    if (kind !== "CustomResourceDefinition" || !isFields(spec) || !isFields(spec.names)) return [];
    const { group, names, versions } = spec;
    if (!Array.isArray(versions)) return [];
    return versions
      .filter((version) => isFields(version) && version.served === true)
      .flatMap((version: unknown) =>
        isFields(version)
          ? [
              `${String(group)}/${String(version.name)}`,
              `${String(group)}/${String(version.name)}/${String(names.kind)}`,
            ]
          : [],
      );
  });
}

export function isObject(value: unknown): value is KubernetesObject {
  return isFields(value) && typeof value.kind === "string";
}
