import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import type { Problem } from "./problem";
import { type MapEntry, type Position, type SourceNode } from "./source-node";

export interface ParsedYaml {
  /** An empty map where the file holds nothing, or nothing that can be read. */
  readonly root: SourceNode;
  readonly problems: readonly Problem[];
}

/** YAML text to a tree that knows its positions. Broken syntax and duplicate keys come back as problems. */
export function parseYaml(text: string, file: string): ParsedYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, merge: false });
  const position = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const problems: Problem[] = document.errors.map((error) => ({
    ...position(error.pos[0]),
    path: "",
    message: yamlMessage(error.code, error.message),
  }));

  const convert = (node: Node | null | undefined, at: Position): SourceNode => {
    const here = node?.range ? position(node.range[0]) : at;
    if (isAlias(node)) return convert(node.resolve(document), here);
    if (isMap(node)) {
      const entries = new Map<string, MapEntry>();
      for (const item of node.items) {
        if (!isPair(item) || !isScalar(item.key)) continue;
        const keyAt = item.key.range ? position(item.key.range[0]) : here;
        entries.set(String(item.key.value), { keyAt, node: convert(item.value as Node | null, keyAt) });
      }
      return { kind: "map", entries, at: here };
    }
    if (isSeq(node))
      return { kind: "list", items: node.items.map((item) => convert(item as Node, here)), at: here };
    return { kind: "scalar", value: isScalar(node) ? scalarValue(node.value) : null, at: here };
  };

  const empty: SourceNode = { kind: "map", entries: new Map(), at: position(0) };
  const root = document.contents === null ? empty : convert(document.contents, position(0));
  if (root.kind === "map") return { root, problems };
  const message = "is not a map of settings; write keys such as release: and network:";
  return { root: empty, problems: [...problems, { ...root.at, path: "", message }] };
}

function scalarValue(value: unknown): string | number | boolean | null {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  return value === null || value === undefined ? null : JSON.stringify(value);
}

function yamlMessage(code: string, message: string): string {
  const [first = ""] = message.split("\n");
  const reason = first.replace(/ at line \d+, column \d+:?$/, "");
  if (code === "DUPLICATE_KEY") return "this key is there twice; keep one of them";
  return `is not valid YAML: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}; mend the syntax here`;
}
