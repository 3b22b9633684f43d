import type { Cidr } from "../ip-capacity/cidr";
import { formatCidr } from "../ip-capacity/cidr";
import { type ConfigPath, formatPath, locate, type SourceNode, toPlain } from "../config/read/source-node";
import type { Target } from "../model/target";

/** One value of a target, and which line gave it. */
export interface ExplainedValue {
  readonly path: string;
  readonly value: string;
  /** `file:line`, or `default`. */
  readonly from: string;
}

/** Every value of the target, or those at and below `path` (dotted). */
export function explain({ config, source }: Target, path = ""): ExplainedValue[] {
  return leaves(config, [], source)
    .filter(([at]) => path === "" || isBelow(formatPath(at), path))
    .map(([at, value]) => {
      const { node, found, at: position } = locate(source, at);
      // Of a short form (a word or a list for a map) its line gave every part.
      const isGiven = found || node.kind !== "map";
      return {
        path: formatPath(at),
        value: typeof value === "string" ? value : JSON.stringify(value),
        from: isGiven ? `${position.file}:${position.line}` : "default",
      };
    });
}

function isBelow(path: string, prefix: string): boolean {
  return path === prefix || path.startsWith(`${prefix}.`) || path.startsWith(`${prefix}[`);
}

type Leaf = readonly [ConfigPath, string | number | boolean | null | readonly unknown[]];

/**
 * Lists whose entries the schema reads into what they mean, in a shape that nobody writes: namespaces.<name>.allow,
 * workloads.<name>.dependencies and callers. They are shown as they are written.
 */
function isReadAnew([first, , key, ...rest]: ConfigPath): boolean {
  const lists: Readonly<Record<string, readonly string[]>> = {
    namespaces: ["allow"],
    workloads: ["dependencies", "callers"],
  };
  return rest.length === 0 && (lists[String(first)] ?? []).includes(String(key));
}

function leaves(value: unknown, path: ConfigPath, source?: SourceNode): Leaf[] {
  if (source !== undefined && isReadAnew(path)) {
    const { node, found } = locate(source, path);
    return leaves(found ? toPlain(node) : value, path);
  }
  if (isCidr(value)) return [[path, formatCidr(value)]];
  if (Array.isArray(value)) {
    const plain = value.map((item: unknown) => (isCidr(item) ? formatCidr(item) : item));
    const isFlat = plain.every((item) => typeof item !== "object");
    return isFlat ? [[path, plain]] : plain.flatMap((item, index) => leaves(item, [...path, index], source));
  }
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([key, field]) =>
      field === undefined ? [] : leaves(field, [...path, key], source),
    );
  }
  return [[path, value as string | number | boolean | null]];
}

function isCidr(value: unknown): value is Cidr {
  return typeof value === "object" && value !== null && "base" in value && "prefix" in value;
}
