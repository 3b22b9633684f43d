import { Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { ExpectedError } from "../text/errors";
import type { Noted } from "./found/fact";
import type { Note } from "./notes";

/** A file that is imported can't be read. */
export class ImportError extends ExpectedError {}

type Path = readonly (string | number)[];

/** What an import keeps of a file while it reads it: who reads a value has dealt with it. */
class Reading {
  readonly read = new Set<string>();
  readonly notes: Note[] = [];
  readonly of: string;
  readonly #lines: LineCounter | undefined;

  /** @param lines of a file; none of what has no lines that a reader could look for */
  constructor(of: string, lines?: LineCounter) {
    this.of = of;
    this.#lines = lines;
  }

  get hasLines(): boolean {
    return this.#lines !== undefined;
  }

  lineOf(node: Node | undefined): number | undefined {
    const start = node?.range?.[0];
    return start === undefined ? undefined : this.#lines?.linePos(start).line;
  }
}

/**
 * A value of a file that is imported, or a place where there is none. Reading it is dealing with it: of a file, whatever nobody has
 * read is left over in the end, so that nothing is lost in silence.
 */
export class Part implements Noted {
  readonly #reading: Reading;
  readonly #path: Path;
  readonly #node: Node | undefined;
  /** Where it stands: its key, its own beginning, or that of what it would stand in. */
  readonly line: number;

  private constructor(reading: Reading, path: Path, node: Node | undefined, line: number) {
    this.#reading = reading;
    this.#path = path;
    this.#node = node;
    this.line = line;
  }

  /** @throws ImportError where the text is not one YAML document that holds a map */
  static of(text: string, file: string): Part {
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines, merge: true });
    const [error] = document.errors;
    if (error !== undefined)
      throw new ImportError(`${file}:${lines.linePos(error.pos[0]).line}: ${firstLine(error.message)}`);
    if (!isMap(document.contents)) throw new ImportError(`${file}: must be a map of keys and values`);
    return new Part(new Reading(file, lines), [], document.contents, 1);
  }

  /**
   * Plain data, such as a resource of a plan or what AWS answered.
   *
   * @param where what a reader finds it by: the address of the resource, or the question
   */
  static ofValue(value: unknown, where: string): Part {
    return new Part(new Reading(where), [], new Document(value).contents ?? undefined, 0);
  }

  get where(): string {
    return this.#reading.hasLines ? `${this.#reading.of}:${this.line}` : this.#reading.of;
  }

  get there(): boolean {
    return this.#node !== undefined && !(isScalar(this.#node) && this.#node.value === null);
  }

  /** Whether it says that something is not so. */
  get saysNo(): boolean {
    return isScalar(this.#node) && (this.#node.value === false || this.#node.value === 0);
  }

  get path(): string {
    return pathText(this.#path);
  }

  /** What stands under a key, or the place where it would stand. */
  at(...keys: readonly string[]): Part {
    const [key, ...more] = keys;
    if (key === undefined) return this;
    const pair = isMap(this.#node)
      ? this.#node.items.find((each) => isScalar(each.key) && String(each.key.value) === key)
      : undefined;
    const part = new Part(
      this.#reading,
      [...this.#path, key],
      (pair?.value as Node | null | undefined) ?? undefined,
      this.#reading.lineOf(pair?.key as Node | undefined) ?? this.line,
    );
    return part.at(...more);
  }

  items(): readonly Part[] {
    if (!isSeq(this.#node)) return [];
    if (this.#node.items.length === 0) this.#taken();
    return this.#node.items.map(
      (item, index) =>
        new Part(
          this.#reading,
          [...this.#path, index],
          item as Node,
          this.#reading.lineOf(item as Node) ?? this.line,
        ),
    );
  }

  entries(): readonly (readonly [string, Part])[] {
    if (!isMap(this.#node)) return [];
    if (this.#node.items.length === 0) this.#taken();
    return this.#node.items.map((pair) => {
      const key = isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
      return [key, this.at(key)] as const;
    });
  }

  /** Text, or a number or truth value as it is written. */
  text(): string | undefined {
    if (!isScalar(this.#node) || this.#node.value === null) return undefined;
    this.#taken();
    const { source, value } = this.#node;
    return typeof value === "string" ? value : (source ?? JSON.stringify(value));
  }

  number(): number | undefined {
    const text = this.text();
    const number = Number(text);
    return text === undefined || text === "" || !Number.isFinite(number) ? undefined : number;
  }

  /** Whether it says true; undefined where it says nothing. */
  flag(): boolean | undefined {
    const text = this.text();
    return text === undefined ? undefined : text.toLowerCase() === "true";
  }

  texts(): readonly string[] {
    return this.items().flatMap((each) => each.text() ?? []);
  }

  /** All of it as plain data. */
  plain(): unknown {
    this.#taken();
    return this.#node?.toJSON();
  }

  /** The configuration has something like it. */
  changed(says: string): void {
    this.#note("changed", says);
  }

  /** The configuration has nothing of it. Said of a block, it is said of all that is in it. */
  lost(says: string): void {
    this.#note("lost", says);
  }

  /** All that was said. */
  notes(): readonly Note[] {
    return this.#reading.notes;
  }

  /**
   * What nobody has read or said anything of: each value by itself, or the block that they are all of, where `isOne` says that a
   * block is told as one.
   */
  unread(isOne: (path: string) => boolean): readonly Part[] {
    if (this.#node === undefined || this.#isRead()) return [];
    const below = this.#children();
    if (below.length === 0 || (isOne(this.path) && below.every((each) => each.#untouched()))) return [this];
    return below.flatMap((each) => each.unread(isOne));
  }

  #untouched(): boolean {
    return !this.#isRead() && this.#children().every((each) => each.#untouched());
  }

  #children(): readonly Part[] {
    return isMap(this.#node) ? this.entries().map(([, each]) => each) : this.items();
  }

  #taken(): void {
    this.#reading.read.add(pathText(this.#path));
  }

  #isRead(): boolean {
    return this.#reading.read.has(pathText(this.#path));
  }

  #note(is: Note["is"], says: string): void {
    this.#taken();
    const { path, line } = this;
    const place = this.#reading.hasLines ? { line } : { where: this.where };
    this.#reading.notes.push({ ...place, path, is, says });
  }
}

function pathText(path: Path): string {
  return path
    .map((each, index) => (typeof each === "number" ? `[${each}]` : index === 0 ? each : `.${each}`))
    .join("");
}

/** What the YAML library says, without the place, which stands in front, and without its excerpt. */
function firstLine(message: string): string {
  return (message.split("\n")[0] ?? "").replace(/ at line \d+, column \d+:?$/, "");
}
