import { parse } from "yaml";
import type { Resource } from "../resource";
import {
  at,
  type Attributes,
  entries,
  isMap,
  isUnknown,
  items,
  text,
  Unknown,
  type Value,
} from "../../values/value";
import { parseTemplate } from "./expression";

/** A release with its values as data, and the objects that charts/manifests is given. */
export function helmRelease(resource: Resource): Resource[] {
  const { attributes } = resource;
  const values = items(attributes.values).reduce<Value>((all, each) => merge(all, parseValues(each)), {});
  const set = items(attributes.set).map((each) => [text(at(each, "name")), at(each, "value")] as const);
  return [
    { ...resource, attributes: { ...attributes, values, set: Object.fromEntries(set) } },
    ...entries(at(values, "manifests")).flatMap(([key, manifest]) =>
      kubernetesObject(resource, key, manifest),
    ),
  ];
}

function parseValues(value: Value): Value {
  if (typeof value === "string") return parseTemplate(value, parseData) ?? new Unknown(true, value);
  if (isUnknown(value) && value.text !== "") return parseTemplate(value.text, parseData) ?? value;
  return value;
}

/** Values that are written here are JSON, which takes a tenth of the time to read. */
function parseData(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return parse(data);
  }
}

/** As Helm does: maps merge, all else replaces. */
function merge(below: Value, above: Value): Value {
  if (isUnknown(below) || isUnknown(above) || !isMap(below) || !isMap(above)) return above ?? below;
  const merged: Record<string, Value> = { ...below };
  for (const [key, value] of Object.entries(above)) merged[key] = merge(merged[key], value);
  return merged;
}

function kubernetesObject(release: Resource, key: string, manifest: Value): Resource[] {
  if (!isMap(manifest)) return [];
  const kind = manifest.kind;
  const metadata = at(manifest, "metadata");
  return [
    {
      ...release,
      type: `k8s:${typeof kind === "string" ? kind : "unknown"}`,
      address: `${release.address}#${key}`,
      attributes: {
        ...manifest,
        metadata: { namespace: release.attributes.namespace, ...(isMap(metadata) ? metadata : {}) },
      },
    },
  ];
}

const NATIVE: Readonly<Record<string, string>> = {
  kubernetes_namespace: "Namespace",
  kubernetes_namespace_v1: "Namespace",
  kubernetes_secret: "Secret",
  kubernetes_secret_v1: "Secret",
  kubernetes_config_map: "ConfigMap",
  kubernetes_config_map_v1: "ConfigMap",
  kubernetes_service: "Service",
  kubernetes_service_v1: "Service",
  kubernetes_storage_class: "StorageClass",
  kubernetes_storage_class_v1: "StorageClass",
};

/** Objects that the Kubernetes provider makes, in the shape of a manifest. */
export function kubernetesResource(resource: Resource): Resource[] {
  const kind = NATIVE[resource.type];
  if (kind === undefined) return [];
  const { attributes } = resource;
  const block = (name: string): Value => at(attributes, name, 0) ?? attributes[name];
  const manifest: Attributes = {
    ...attributes,
    kind,
    metadata: first(attributes.metadata),
    ...(attributes.spec !== undefined && { spec: first(attributes.spec) }),
    ...(kind === "StorageClass" && { provisioner: block("storage_provisioner") }),
  };
  return [{ ...resource, type: `k8s:${kind}`, attributes: manifest }];
}

function first(value: Value): Value {
  return Array.isArray(value) ? (value as readonly Value[])[0] : value;
}
