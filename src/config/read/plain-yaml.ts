import type { MapEntry, MapNode, Position, ScalarNode, SourceNode } from "./source-node";

/** A line that holds something else than a comment. */
interface Line {
  readonly text: string;
  /** From 1. */
  readonly number: number;
  /** Spaces before its first character. */
  readonly indent: number;
}

/** Far below what a file may have (parse-yaml.ts), so that no limit is judged here. */
const LIMITS = { values: 10_000, depth: 32, key: 128, line: 2_048 } as const;

/**
 * The tree of a text that is written as most configs are: maps and lists, by indentation or within a line by brackets, of words,
 * numbers and texts in quotes. The YAML library takes twenty times as long, for what else there is. Undefined for every text that has
 * anything else in it, or anything wrong: that is the library's, and what both read they read the same.
 */
export function parsePlainYaml(text: string, file: string): MapNode | undefined {
  if (ENDS_OR_TABS.test(text)) return undefined;
  const lines = linesOf(text);
  if (lines.length === 0) return undefined;
  try {
    return new PlainYaml(lines, file).root();
  } catch (error) {
    if (error === NOT_PLAIN) return undefined;
    throw error;
  }
}

/** One for all: where it was thrown nobody asks, and a stack takes time. */
const NOT_PLAIN = new Error("not plain");

const ENDS_OR_TABS = /[\r\t]/;
const LETTERS_OF_INDENT = /[^ ]/;

/** A word or text in quotes, with the colon of a key. */
const KEY = /(?:([A-Za-z_][A-Za-z0-9_./-]*)|"([\x20\x21\x23-\x5b\x5d-\x7e]*)"):(?: +|$)/y;
const QUOTED = /"([\x20\x21\x23-\x5b\x5d-\x7e]*)"|'([\x20-\x26\x28-\x7e]*)'/y;
/** To the end of its line, or of an item within brackets. */
const PLAIN = /[A-Za-z0-9_/.][\x20-\x7e]*/y;
const PLAIN_ITEM = /[A-Za-z0-9_/.][\x20-\x2b\x2d-\x5a\x5c\x5e-\x7a\x7c\x7e]*/y;
const SPACES = / */y;
/** What may follow a value. */
const REST = / *$| +#/y;
const COMMENT = / +#/;
const COLON = /:(?: |$)/;

const WORDS: ReadonlyMap<string, boolean | null> = new Map(
  ([true, false, null] as const).flatMap((value) => {
    const word = String(value);
    const title = word.charAt(0).toUpperCase() + word.slice(1);
    return [word, title, word.toUpperCase()].map((each) => [each, value] as const);
  }),
);
const INTEGER = /^(?:0|[1-9][0-9]{0,14})$/;
const DECIMAL = /^[0-9]{1,12}\.[0-9]{0,12}$/;
/** A number in some other way. */
const OTHER_NUMBER = /^[0-9]+$|^0[ox]|^[0-9]+(?:\.[0-9]*)?(?:[eE]|$)|^\.(?:[^A-Za-z./]|inf$|nan$)|^\.+$/i;

function linesOf(text: string): Line[] {
  return text.split("\n").flatMap((line, index) => {
    const indent = line.search(LETTERS_OF_INDENT);
    return indent < 0 || line[indent] === "#" ? [] : [{ text: line, number: index + 1, indent }];
  });
}

class PlainYaml {
  private at = 0;
  private values = 0;
  private depth = 0;

  constructor(
    private readonly lines: readonly Line[],
    private readonly file: string,
  ) {}

  root(): MapNode {
    if (this.line().indent !== 0) throw NOT_PLAIN;
    const root = this.within(() => this.map(0));
    if (this.at < this.lines.length) throw NOT_PLAIN;
    return root;
  }

  /** The line that is read now. */
  private line(): Line {
    const line = this.lines[this.at];
    if (line === undefined || line.text.length > LIMITS.line) throw NOT_PLAIN;
    return line;
  }

  private within<Read>(read: () => Read): Read {
    if (++this.values > LIMITS.values || ++this.depth > LIMITS.depth) throw NOT_PLAIN;
    const found = read();
    this.depth--;
    return found;
  }

  private position(line: Line, column: number): Position {
    return { file: this.file, line: line.number, column: column + 1 };
  }

  /** A map or list by indentation, whose first line is read now. */
  private block(): SourceNode {
    const { text, indent } = this.line();
    return this.within(() => (isItem(text, indent) ? this.list(indent) : this.map(indent)));
  }

  private map(column: number): MapNode {
    const entries = new Map<string, MapEntry>();
    const at = this.position(this.line(), column);
    do {
      const line = this.line();
      const { name, end } = keyAt(line.text, column);
      if (entries.has(name)) throw NOT_PLAIN;
      const isEmpty = end >= line.text.length || line.text[end] === "#";
      const node = isEmpty ? this.below(column) : this.value(line, end, column);
      entries.set(name, { keyAt: this.position(line, column), node });
    } while (this.goesOn(column));
    return { kind: "map", entries, at };
  }

  /** What belongs to a key that ends its line. A list may begin right below it. */
  private below(column: number): SourceNode {
    this.at++;
    const line = this.line();
    const { indent, text } = line;
    if (indent > column)
      return /[[{]/.test(text.charAt(indent)) ? this.value(line, indent, column) : this.block();
    if (indent === column && isItem(text, indent)) return this.within(() => this.list(column));
    throw NOT_PLAIN;
  }

  private list(column: number): SourceNode {
    const items: SourceNode[] = [];
    const at = this.position(this.line(), column);
    do {
      const line = this.line();
      const start = afterSpaces(line.text, column + 1);
      KEY.lastIndex = start;
      items.push(KEY.test(line.text) ? this.within(() => this.map(start)) : this.value(line, start, column));
    } while (this.goesOn(column) && isItem(this.line().text, column));
    return { kind: "list", items, at };
  }

  /** Whether the next line is one more of the same map or list. */
  private goesOn(column: number): boolean {
    const next = this.lines[this.at];
    if (next === undefined || next.indent < column) return false;
    if (next.indent > column) throw NOT_PLAIN;
    return true;
  }

  /** A value up to the end of its line. */
  private value(line: Line, start: number, column: number): SourceNode {
    const { node, end } = this.inline(line, start, false);
    REST.lastIndex = end;
    if (!REST.test(line.text)) throw NOT_PLAIN;
    this.at++;
    const next = this.lines[this.at];
    if (next !== undefined && next.indent > column) throw NOT_PLAIN;
    return node;
  }

  private inline(line: Line, start: number, isInBrackets: boolean): { node: SourceNode; end: number } {
    if (++this.values > LIMITS.values) throw NOT_PLAIN;
    const { text } = line;
    const at = this.position(line, start);
    switch (text[start]) {
      case "[":
        return this.within(() => this.bracketedList(line, start));
      case "{":
        return this.within(() => this.bracketedMap(line, start));
      case '"':
      case "'": {
        const [whole, double, single] = matchAt(QUOTED, text, start);
        const value = double ?? single ?? "";
        return { node: { kind: "scalar", value, source: value, at }, end: start + whole.length };
      }
      default: {
        const [whole] = matchAt(isInBrackets ? PLAIN_ITEM : PLAIN, text, start);
        const comment = whole.search(COMMENT);
        if (isInBrackets && comment >= 0) throw NOT_PLAIN;
        const source = (comment < 0 ? whole : whole.slice(0, comment)).trimEnd();
        if (COLON.test(source)) throw NOT_PLAIN;
        return {
          node: { kind: "scalar", value: valueOf(source), source, at },
          end: start + source.length,
        };
      }
    }
  }

  private bracketedList(line: Line, start: number): { node: SourceNode; end: number } {
    const items: SourceNode[] = [];
    const end = this.bracketed(line, start, "]", (from) => {
      const item = this.inline(line, from, true);
      items.push(item.node);
      return item.end;
    });
    return { node: { kind: "list", items, at: this.position(line, start) }, end };
  }

  private bracketedMap(line: Line, start: number): { node: SourceNode; end: number } {
    const entries = new Map<string, MapEntry>();
    const end = this.bracketed(line, start, "}", (from) => {
      const key = keyAt(line.text, from);
      if (entries.has(key.name)) throw NOT_PLAIN;
      const value = this.inline(line, key.end, true);
      entries.set(key.name, { keyAt: this.position(line, from), node: value.node });
      return value.end;
    });
    return { node: { kind: "map", entries, at: this.position(line, start) }, end };
  }

  /** @returns where what follows the brackets begins */
  private bracketed({ text }: Line, start: number, close: string, item: (from: number) => number): number {
    let from = afterSpaces(text, start + 1);
    if (text[from] === close) return from + 1;
    for (;;) {
      from = afterSpaces(text, item(from));
      if (text[from] === close) return from + 1;
      if (text[from] !== ",") throw NOT_PLAIN;
      from = afterSpaces(text, from + 1);
    }
  }
}

function isItem(text: string, column: number): boolean {
  return text[column] === "-" && text[column + 1] === " ";
}

function afterSpaces(text: string, start: number): number {
  SPACES.lastIndex = start;
  SPACES.test(text);
  return SPACES.lastIndex;
}

function matchAt(pattern: RegExp, text: string, start: number): RegExpExecArray {
  pattern.lastIndex = start;
  const found = pattern.exec(text);
  if (found === null) throw NOT_PLAIN;
  return found;
}

function keyAt(text: string, start: number): { readonly name: string; readonly end: number } {
  const [whole, word, quoted] = matchAt(KEY, text, start);
  const name = word ?? quoted ?? "";
  const isText = word === undefined || !WORDS.has(word);
  if (!isText || name.length > LIMITS.key || name === "<<" || name in Object.prototype) throw NOT_PLAIN;
  return { name, end: start + whole.length };
}

/** As YAML 1.2 reads words and numbers (core schema). */
function valueOf(source: string): ScalarNode["value"] {
  const word = WORDS.get(source);
  if (word !== undefined) return word;
  if (INTEGER.test(source) || DECIMAL.test(source)) return Number(source);
  if (OTHER_NUMBER.test(source)) throw NOT_PLAIN;
  return source;
}
