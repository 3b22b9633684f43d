import {
  at,
  field,
  fields,
  holdsTrue,
  isArray,
  isObject,
  type Json,
  type JsonPath,
  text,
} from "../../terraform-plan/json";
import { isSecretName, looksSecret, secretAssignments } from "../../text/secrets";
import { isUserData, mayHoldSecret, readUserData } from "./user-data";
import { isKubernetesSecret, isSecretPair } from "./secrets";

/** A value with nothing below it, under a path that stays the same when a list is reordered. */
export interface Leaf {
  readonly path: string;
  readonly value: Json;
  readonly secret: boolean;
}

/** More than any real attribute holds; a document of millions of values is cut here. */
const MOST_LEAVES = 50_000;

/**
 * The leaves of a value. An item of a list stands under its name where every item has one of its own (containers,
 * statements, manifests), so that one more item at the front is one addition and no rewrite of the rest.
 *
 * @param hidden marks of Terraform, in the shape of the value: true where it is sensitive
 */
export function leavesOf(
  value: Json,
  hidden: Json | undefined,
  prefix: string,
  secret = false,
): Map<string, Leaf> {
  const found = new Map<string, Leaf>();
  const walk = (raw: Json, marks: Json | undefined, path: string, below: boolean): void => {
    const ofInstance = typeof raw === "string" && isUserData(path);
    const opened = ofInstance ? readUserData(raw) : undefined;
    const here = opened ?? raw;
    if (found.size >= MOST_LEAVES) return;
    const hide = below || marks === true;
    if (isArray(here) && here.length > 0) {
      const keys = hide || holdsTrue(marks) ? here.map((_, index) => index) : keysOf(here);
      here.forEach((item, index) => {
        walk(item, at(marks, [index]), `${path}[${keys[index] ?? index}]`, hide || isSecretPair(item));
      });
    } else if (isObject(here) && Object.keys(here).length > 0) {
      const secretData = isKubernetesSecret(here);
      for (const [key, inner] of fields(here)) {
        const isPlain = isSecretPair(here) && key !== "value";
        const isHidden =
          (hide && !isPlain) || isSecretName(key) || (secretData && (key === "data" || key === "stringData"));
        walk(inner, field(marks, key), path === "" ? key : joined(path, key), isHidden && !isOnOff(inner));
      }
    } else {
      const looks = typeof here === "string" && (isSecret(here) || (ofInstance && mayHoldSecret(here)));
      found.set(path, { path, value: here, secret: hide || looks });
    }
  };
  walk(value, hidden, prefix, secret);
  return found;
}

/** By its look, or as an option or a file that sets one: `--token=...`, `password = "..."` among other lines. */
function isSecret(value: string): boolean {
  return looksSecret(value) || (/^--?\w|\n/.test(value) && secretAssignments(value).length > 0);
}

/** A switch or an empty value is not a secret, whatever it is called. */
function isOnOff(value: Json): boolean {
  return typeof value === "boolean" || value === null;
}

function joined(path: string, key: string): string {
  return path.endsWith(": ") ? `${path}${key}` : `${path}.${key}`;
}

const NAMES: readonly JsonPath[] = [["metadata", "name"], ["name"], ["Sid"], ["key"], ["id"]];

/** A key for each item, or positions where the items have no names or share one. Paths are shown: no secret may be a key. */
function keysOf(list: readonly Json[]): readonly (string | number)[] {
  for (const path of NAMES) {
    const names = list.map((item) => text(at(item, path)));
    const full = list.map((item, index) => {
      const kind = text(field(item, "kind"));
      return kind === undefined ? names[index] : `${kind} ${names[index] ?? ""}`;
    });
    if (
      names.every((name) => name !== undefined && name !== "" && !isSecret(name)) &&
      new Set(full).size === list.length
    ) {
      return full.map((name, index) => name ?? index);
    }
  }
  const plain = list.filter((item) => typeof item === "string");
  if (plain.length === list.length && new Set(plain).size === list.length && !plain.some(isSecret))
    return plain.map((item) => JSON.stringify(item));
  return list.map((_, index) => index);
}
