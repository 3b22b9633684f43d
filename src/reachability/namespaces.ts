import { at, text, type Unknown, type Value } from "../values/value";
import { labelMap } from "./policy/labels";

/** Labels of the namespaces among manifests, by name, with the one that the API server sets. */
export function namespaceLabels(
  manifests: readonly Value[],
): ReadonlyMap<string, Readonly<Record<string, string | Unknown>>> {
  return new Map(
    manifests
      .filter((each) => at(each, "kind") === "Namespace")
      .map((each) => {
        const name = text(at(each, "metadata", "name"));
        return [
          name,
          { ...labelMap(at(each, "metadata", "labels")), "kubernetes.io/metadata.name": name },
        ] as const;
      }),
  );
}
