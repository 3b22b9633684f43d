import {
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from "yaml";
import type { Problem } from "./problem";
import type { ConfigPath, MapEntry, Position, SourceNode } from "./source-node";
import { formatPath } from "./source-node";
import { controlCharacter, unseenCharacter } from "./text-characters";

export interface ParsedYaml {
  /** An empty map where the file holds nothing, or nothing that can be read. */
  readonly root: SourceNode;
  readonly problems: readonly Problem[];
  /** Where a value is left out, because it is a problem. */
  readonly holes: readonly ConfigPath[];
  /** The text is not YAML, so `root` may lack what somebody wrote, and nothing can be concluded from it. */
  readonly broken: boolean;
}

/** Far more than people write, and little enough that no text keeps a run busy for a second. */
const LIMITS = { bytes: 1 << 18, depth: 64, values: 20_000, text: 16_384, key: 512 } as const;

/** Tags that say what plain YAML is read as anyway. */
const PLAIN_TAGS = /^(!|tag:yaml\.org,2002:(str|int|float|bool|null|map|seq))$/;

/**
 * YAML 1.2 text to a tree that knows its positions. What can't be read, or would be read as something else than was meant,
 * comes back as a problem: of broken syntax the first, because the others mostly follow from it.
 */
export function parseYaml(text: string, file: string): ParsedYaml {
  const start: Position = { file, line: 1, column: 1 };
  const empty: SourceNode = { kind: "map", entries: new Map(), at: start };
  const failed = (problem: Problem): ParsedYaml => ({
    root: empty,
    problems: [problem],
    holes: [],
    broken: true,
  });
  if (Buffer.byteLength(text) > LIMITS.bytes) {
    return failed({ ...start, path: "", message: "is larger than 256 KiB; write less in one file" });
  }
  const character = unseenCharacter(text);
  if (character !== undefined) {
    const before = text.slice(0, character.at).split("\n");
    const at = { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
    return failed({
      ...at,
      path: "",
      message: `has the character ${character.name}, which nobody sees; remove it`,
    });
  }
  if (isTooDeep(text)) return failed({ ...start, path: "", message: TOO_DEEP });
  const lines = new LineCounter();
  let document: Document.Parsed;
  try {
    document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, merge: false });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return failed({ ...start, path: "", message: TOO_DEEP });
  }
  const position = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const [first] = document.errors;
  if (first !== undefined) {
    const at = position(first.pos[0]);
    return failed({ ...at, path: "", message: yamlMessage(first.code, first.message) });
  }
  if (document.directives.yaml.explicit && document.directives.yaml.version !== "1.2") {
    const message =
      "asks for YAML 1.1, which reads yes, 010 and dates as other values; remove the line %YAML";
    return failed({ ...start, path: "", message });
  }
  return { ...new Converter(document, position).convert(empty), broken: false };
}

const TOO_DEEP = `is nested more than ${LIMITS.depth} levels deep; write fewer`;

/** Whether brackets or dashes open so many levels that the YAML library would run out of stack, or take seconds to say so. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === "[" || character === "{") depth++;
    else if (character === "]" || character === "}") depth = Math.max(depth - 1, 0);
    if (depth > 10 * LIMITS.depth) return true;
  }
  return /(?:[-?] ){200}/.test(text);
}

/** What each alias of a document refers to: the last node above it that has the anchor. In one go, since there may be thousands. */
function aliasTargets(document: Document.Parsed): ReadonlyMap<Node, Node> {
  const anchors = new Map<string, Node>();
  const targets = new Map<Node, Node>();
  visit(document, {
    Node: (_key, node) => {
      if (isAlias(node)) {
        const target = anchors.get(node.source);
        if (target !== undefined) targets.set(node, target);
      } else if (node.anchor !== undefined) anchors.set(node.anchor, node);
    },
  });
  return targets;
}

/** Nodes of the YAML library to ours. A problem stands where it was written; what it is about is left out. */
class Converter {
  private readonly problems: Problem[] = [];
  private readonly holes: ConfigPath[] = [];
  private readonly open = new Set<Node>();
  private values = 0;
  private targets: ReadonlyMap<Node, Node> | undefined;

  constructor(
    private readonly document: Document.Parsed,
    private readonly position: (offset: number) => Position,
  ) {}

  convert(empty: SourceNode): Omit<ParsedYaml, "broken"> {
    const { contents } = this.document;
    const { problems, holes } = this;
    const root = contents === null ? empty : (this.node(contents, [], this.position(0)) ?? empty);
    if (root.kind === "map") return { root, problems, holes };
    if (root.kind === "scalar" && root.value === null) return { root: empty, problems, holes };
    const message = "is not a map of settings; write keys such as release: and network:";
    return { root: empty, problems: [...problems, { ...root.at, path: "", message }], holes: [...holes, []] };
  }

  /** Undefined: a problem was found, and the value is left out. */
  private node(node: Node | null | undefined, path: ConfigPath, at: Position): SourceNode | undefined {
    const here = node?.range ? this.position(node.range[0]) : at;
    if (this.values++ > LIMITS.values) {
      const message = `is one of more than ${LIMITS.values} values, aliases (*name) counted each time; write less in one file`;
      // Once: what comes after is no news.
      return this.values === LIMITS.values + 2 ? this.refuse(here, path, message) : undefined;
    }
    if (path.length > LIMITS.depth) {
      return this.refuse(here, [], TOO_DEEP);
    }
    const tag = node?.tag;
    if (tag !== undefined && !PLAIN_TAGS.test(tag)) {
      return this.refuse(
        here,
        path,
        `has the tag ${shownTag(tag)}, and only plain YAML is read; remove the tag`,
      );
    }
    if (isAlias(node)) return this.alias(node, path, here);
    if (isMap(node)) return this.within(node, () => this.map(node, path, here));
    if (isSeq(node)) {
      return this.within(node, () => {
        const items = node.items.map((item, index) => this.node(item as Node, [...path, index], here));
        const read = items.filter((item) => item !== undefined);
        // Without one of them the others would stand at other places than in the file.
        if (read.length < items.length) this.holes.push(path);
        return { kind: "list", items: read, at: here };
      });
    }
    return this.scalar(node, path, here);
  }

  private alias(node: Extract<Node, { source: string }>, path: ConfigPath, here: Position) {
    this.targets ??= aliasTargets(this.document);
    const target = this.targets.get(node);
    const name = node.source;
    if (target === undefined) {
      const message = `refers to &${name}, which this file does not have above it; write the value here (anchors end with their file)`;
      return this.refuse(here, path, message);
    }
    if (this.open.has(target))
      return this.refuse(here, path, `refers to itself by *${name}; write the value`);
    return this.node(target, path, here);
  }

  private within(node: Node, convert: () => SourceNode): SourceNode {
    this.open.add(node);
    const converted = convert();
    this.open.delete(node);
    return converted;
  }

  private map(node: { items: readonly unknown[] }, path: ConfigPath, here: Position): SourceNode {
    const entries = new Map<string, MapEntry>();
    for (const item of node.items) {
      if (!isPair(item)) continue;
      const key = item.key as Node | null;
      const keyAt = key?.range ? this.position(key.range[0]) : here;
      const name = this.keyName(key, path, keyAt);
      if (name === undefined) continue;
      if (entries.has(name)) {
        this.refuse(keyAt, [...path, name], "this key is listed twice; keep one of them");
        continue;
      }
      const value = this.node(item.value as Node | null, [...path, name], keyAt);
      if (value !== undefined) entries.set(name, { keyAt, node: value });
    }
    return { kind: "map", entries, at: here };
  }

  private keyName(key: Node | null, path: ConfigPath, at: Position): string | undefined {
    if (!isScalar(key) || key.value === null || typeof key.value === "symbol") {
      return this.refuse(at, path, "has a key that is not text; write a word and a colon");
    }
    const name = typeof key.value === "string" ? key.value : (key.source ?? "");
    if (name === "<<") {
      const message =
        "is a merge key, which YAML 1.2 does not have; write the settings here, or in a layer below";
      return this.refuse(at, [...path, name], message);
    }
    // Every JavaScript object has these, so a table would seem to hold them.
    if (name in Object.prototype) {
      return this.refuse(at, [...path, name], "is a name that can't be used; write another");
    }
    if (name.length > LIMITS.key) {
      const message = `is a key of ${name.length} characters; write at most ${LIMITS.key}`;
      return this.refuse(at, path, message);
    }
    if (controlCharacter(name) !== undefined) {
      const message = `has a key with the character ${controlCharacter(name)}, which nobody sees; remove it`;
      return this.refuse(at, path, message);
    }
    return name;
  }

  private scalar(node: Node | null | undefined, path: ConfigPath, at: Position): SourceNode | undefined {
    const value: unknown = isScalar(node) ? node.value : null;
    const source = isScalar(node) ? (node.source ?? "") : "";
    if (value === null || value === undefined) return { kind: "scalar", value: null, source, at };
    if (typeof value === "number" || typeof value === "boolean") return { kind: "scalar", value, source, at };
    if (typeof value !== "string") return this.refuse(at, path, "is not text, a number or true or false");
    if (value.length > LIMITS.text) {
      return this.refuse(at, path, `has ${value.length} characters; write at most ${LIMITS.text}`);
    }
    const character = controlCharacter(value);
    if (character === undefined) return { kind: "scalar", value, source, at };
    return this.refuse(at, path, `has the character ${character}, which nobody sees; remove it`);
  }

  private refuse(at: Position, path: ConfigPath, message: string): undefined {
    this.problems.push({ ...at, path: formatPath(path), message });
    this.holes.push(path);
    return undefined;
  }
}

function shownTag(tag: string): string {
  return tag.replace(/^tag:yaml\.org,2002:/, "!!");
}

function yamlMessage(code: string, message: string): string {
  const [first = ""] = message.split("\n");
  const reason = first.replace(/ at line \d+, column \d+:?$/, "");
  switch (code) {
    case "MULTIPLE_DOCS":
      return "is a second document, and a file has one; remove the line ---, or write another file";
    case "TAB_AS_INDENT":
      return "is indented by a tab, which YAML does not take; write spaces";
    default:
      return `is not valid YAML: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}; mend the syntax here`;
  }
}
