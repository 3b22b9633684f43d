import { isDeepStrictEqual } from "node:util";
import { isMap, isScalar, parse, parseDocument } from "yaml";

/** A target's file as one of another region of its environment would have it; its comments stay. */
export function likeTarget(
  text: string,
  { from, region, vpcCidr }: { readonly from: string; readonly region: string; readonly vpcCidr: string },
): string {
  const range = parseDocument(text).getIn(["network", "vpcCidr"], true);
  const [start, end] = isScalar(range) && range.range ? range.range : [0, 0];
  // Zones, and what is named by zone or region.
  return `${text.slice(0, start)}${end > 0 ? vpcCidr : ""}${text.slice(end)}`.replaceAll(from, region);
}

/** A target's file with a setting at a path, which it does not have yet; comments and order of all else stay. */
export function withSetting(text: string, path: readonly string[], value: string): string {
  const document = parseDocument(text);
  const [first = "", ...rest] = path;
  const isThere = document.has(first);
  if (isThere) {
    document.setIn(path, document.createNode(parse(value), { flow: true }));
    return inOldLines(document.toString({ lineWidth: 0 }), text);
  }
  // Behind all else, which then stays byte for byte.
  const nested = rest.reduceRight((inner, key) => `{ ${key}: ${inner} }`, value);
  return `${text.replace(/\n*$/, "\n")}${first}: ${nested}\n`;
}

/** An edited text whose lines that say what one of the old text does are written as that one, with its spaces. */
function inOldLines(edited: string, old: string): string {
  const left = old.split("\n");
  const lines = edited.split("\n").map((line) => {
    const at = left.findIndex((each) => withoutSpaces(each) === withoutSpaces(line));
    return at < 0 ? line : left.splice(0, at + 1)[at];
  });
  const kept = lines.join("\n");
  // Spaces within a value mean something.
  return isDeepStrictEqual(parse(kept), parse(edited)) ? kept : edited;
}

/** Of a line, but those before it. */
function withoutSpaces(line: string): string {
  return line.replace(/(?<=\S)\s+/g, "");
}

export function hasSetting(text: string, path: readonly string[]): boolean {
  return parseDocument(text).hasIn(path);
}

/** A service's file in `workloads`. */
export function workloadFile(namespace: string, image: string, port: number): string {
  return `# yaml-language-server: $schema=../../../node_modules/octarine/schema/workload.schema.json
namespace: ${namespace}
image: ${JSON.stringify(image)}
ports:
  http: { port: ${port}, protocol: http }
replicas: 2
resources: { cpus: 0.1, memoryMiB: 128 }
`;
}

/**
 * A file with values at paths, `undefined` for none; comments and order of all else stay. A map that is left without keys goes, too.
 */
export function withValues(
  text: string,
  edits: readonly { readonly path: readonly string[]; readonly value: unknown }[],
): string {
  const document = parseDocument(text);
  for (const { path, value } of edits) {
    if (value === undefined) deleteIn(document, path);
    else setIn(document, path, value);
  }
  const edited = document.toString({ lineWidth: 0 });
  return edited === parseDocument(text).toString({ lineWidth: 0 }) ? text : inOldLines(edited, text);
}

type Doc = ReturnType<typeof parseDocument>;

function setIn(document: Doc, path: readonly string[], value: unknown): void {
  if (isDeepStrictEqual(document.getIn(path), value)) return;
  const old: unknown = document.getIn(path, true);
  // A scalar keeps its comment and its quotes.
  if (isScalar(old) && typeof value === "string") {
    old.value = value;
    return;
  }
  const parent = path.slice(0, -1);
  if (parent.length > 0 && !isMap(document.getIn(parent, true))) {
    const [first = "", ...rest] = path;
    document.setIn([first], document.createNode(nested(rest, value)));
    if (rest.length === 1) flow(document.getIn(path, true));
    return;
  }
  document.setIn(path, quoted(document.createNode(value, { flow: true })));
}

/** What is text stays text for whoever reads it: `"1.34"` is no number. */
function quoted<T>(node: T): T {
  if (isScalar(node) && typeof node.value === "string" && /^[\d.]+$/.test(node.value))
    node.type = "QUOTE_DOUBLE";
  if (isMap(node)) node.items.forEach(({ value }) => quoted(value));
  return node;
}

function nested(path: readonly string[], value: unknown): unknown {
  return path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
}

function flow(node: unknown): void {
  if (!isMap(node)) return;
  node.flow = true;
  quoted(node);
}

function deleteIn(document: Doc, path: readonly string[]): void {
  if (!document.hasIn(path)) return;
  document.deleteIn(path);
  const parent = path.slice(0, -1);
  const left: unknown = parent.length > 0 ? document.getIn(parent, true) : undefined;
  if (isMap(left) && left.items.length === 0) deleteIn(document, parent);
}

/** The value at a path of a file, or of what it takes away; undefined where it says nothing of it. */
export function valueIn(text: string, path: readonly string[]): unknown {
  const document = parseDocument(text);
  for (let length = 1; length <= path.length; length++) {
    const at = path.slice(0, length);
    if (!document.hasIn(at)) return undefined;
    if (document.getIn(at) === null) return null;
  }
  return document.getIn(path);
}
