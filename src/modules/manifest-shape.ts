import { Fault } from "../text/errors";
import { Token } from "cdktf";
import { type KubernetesKind, kubernetesKind } from "../facts/kubernetes-kinds";
import type { ChartValue } from "./chart-values";
import type { Manifest } from "./manifest";

/** An object that the API server would refuse for its form. A fault of whoever made it, or of a name in a config. */
export class ManifestShapeError extends Fault {}

const API_VERSION = /^([a-z0-9-]+(\.[a-z0-9-]+)*\/)?v\d+((alpha|beta)\d+)?$/;
/** RFC 1123, as Kubernetes asks of most names; those of RBAC may hold more (Kubernetes docs, "Object Names and IDs"). */
const SUBDOMAIN = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;
const PATH_SEGMENT = /^(?!\.{1,2}$)[^/%]+$/;
const LABEL_KEY = /^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/;
const LABEL_VALUE = /^([A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?)?$/;

/** @throws ManifestShapeError for a release with objects of bad form; names all of their faults */
export function refuseMisshapen(release: string, manifests: Readonly<Record<string, Manifest>>): void {
  const seen = new Set<string>();
  const problems = Object.values(manifests).flatMap((manifest) => {
    const { kind, metadata } = manifest;
    const id = [kind, metadata.namespace, metadata.name].filter((part) => part !== undefined).join(" ");
    const key = `${manifest.apiVersion} ${id}`;
    const twice = seen.has(key) ? ["is listed twice"] : [];
    seen.add(key);
    return [...manifestProblems(manifest), ...twice].map((problem) => `${id}: ${problem}`);
  });
  if (problems.length > 0) throw new ManifestShapeError(`release ${release}: ${problems.join("; ")}`);
}

/** What is wrong with the form of an object; what only Terraform knows is not judged. */
export function manifestProblems(manifest: Manifest): string[] {
  const { apiVersion, kind, metadata } = manifest;
  const known = kubernetesKind(apiVersion, kind);
  return [
    ...(API_VERSION.test(apiVersion) ? [] : [`apiVersion ${apiVersion} is not valid`]),
    ...(/^[A-Z][A-Za-z0-9]+$/.test(kind) ? [] : [`kind ${kind} is not valid`]),
    ...textProblems("name", metadata.name, apiVersion.startsWith("rbac.") ? PATH_SEGMENT : SUBDOMAIN),
    ...(metadata.namespace === undefined ? [] : textProblems("namespace", metadata.namespace, SUBDOMAIN)),
    ...Object.entries(metadata.labels ?? {}).flatMap(([key, value]) => [
      ...textProblems("label", key, LABEL_KEY),
      ...textProblems(`label ${key}`, value, LABEL_VALUE),
    ]),
    ...Object.keys(metadata.annotations ?? {}).flatMap((key) => textProblems("annotation", key, LABEL_KEY)),
    ...(known ? kindProblems(manifest, known) : []),
  ];
}

function kindProblems(
  { metadata, ...manifest }: Manifest,
  { scope, keys, required, spec }: KubernetesKind,
): string[] {
  return [
    ...(scope === "Cluster" && metadata.namespace !== undefined
      ? ["has a namespace, but its kind is cluster-wide"]
      : []),
    ...fieldProblems("", manifest, ["apiVersion", "kind", ...keys], required ?? []),
    ...(spec && isMap(manifest.spec)
      ? fieldProblems("spec.", manifest.spec, spec.keys, spec.required ?? [])
      : []),
  ];
}

function fieldProblems(
  path: string,
  fields: Readonly<Record<string, unknown>>,
  keys: readonly string[],
  required: readonly string[],
): string[] {
  return [
    ...Object.entries(fields)
      .filter(([key, value]) => value !== undefined && !keys.includes(key))
      .map(([key]) => `${path}${key} is not a field of the kind`),
    ...required.filter((key) => fields[key] === undefined).map((key) => `${path}${key} is missing`),
  ];
}

function textProblems(what: string, text: string, form: RegExp): string[] {
  return Token.isUnresolved(text) || form.test(text)
    ? []
    : [`${what} ${JSON.stringify(text)} does not have the form that Kubernetes requires`];
}

function isMap(value: ChartValue): value is Readonly<Record<string, ChartValue>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !Token.isUnresolved(value);
}
