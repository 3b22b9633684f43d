import { isDeepStrictEqual } from "node:util";
import { isScalar, parse, parseDocument } from "yaml";

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
