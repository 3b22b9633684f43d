const blank = /(?:\s|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
const identifier = /[A-Za-z_][\w-]*/y;
const heredoc = /<<-?(\w+)[^\n]*\n[\s\S]*?^[ \t]*\1[ \t]*$/my;
const opening = new Set(["(", "[", "{"]);
const closing = new Set([")", "]", "}"]);

/** Reads the tokens of an HCL expression one by one; white space and comments separate them. */
export class TypeScanner {
  private position = 0;

  constructor(private readonly source: string) {}

  get atEnd(): boolean {
    this.match(blank);
    return this.position >= this.source.length;
  }

  /** Consumes the symbol if it comes next. */
  take(symbol: string): boolean {
    this.match(blank);
    if (!this.source.startsWith(symbol, this.position)) return false;
    this.position += symbol.length;
    return true;
  }

  expect(symbol: string): void {
    if (!this.take(symbol)) throw this.unexpected(`"${symbol}"`);
  }

  identifier(): string {
    this.match(blank);
    const name = this.match(identifier);
    if (name === undefined) throw this.unexpected("a name");
    return name;
  }

  /** A name, or a name in quotes. */
  attributeName(): string {
    this.match(blank);
    const start = this.position;
    if (this.source[start] !== '"') return this.identifier();
    this.skipString();
    return this.source.slice(start + 1, this.position - 1);
  }

  /** The text of any expression up to the bracket that closes the surrounding call, which stays unread. */
  expressionText(): string {
    this.match(blank);
    const start = this.position;
    this.skipUntilClosed();
    return this.source.slice(start, this.position).trim().replace(/,$/, "");
  }

  unexpected(wanted: string): Error {
    const line = this.source.slice(0, this.position).split("\n").length;
    const found = /^\S{1,20}/.exec(this.source.slice(this.position))?.[0] ?? "the end";
    return new Error(`line ${line} of the type: expected ${wanted}, found ${found}`);
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const text = pattern.exec(this.source)?.[0];
    if (text !== undefined) this.position += text.length;
    return text;
  }

  private skipUntilClosed(): void {
    for (let depth = 0; ;) {
      this.match(blank);
      const next = this.source[this.position];
      if (next === undefined) throw this.unexpected("a closing bracket");
      if (closing.has(next)) {
        if (depth === 0) return;
        depth -= 1;
      } else if (opening.has(next)) {
        depth += 1;
      } else if (next === '"') {
        this.skipString();
        continue;
      } else if (next === "<" && this.match(heredoc) !== undefined) {
        continue;
      }
      this.position += 1;
    }
  }

  private skipString(): void {
    this.position += 1;
    for (;;) {
      const next = this.source[this.position];
      if (next === undefined) throw this.unexpected("a closing quote");
      if (next === "\\") this.position += 2;
      else if (/^(?:\$\$|%%)\{/.test(this.source.slice(this.position, this.position + 3))) this.position += 3;
      else if (/^[$%]\{/.test(this.source.slice(this.position, this.position + 2))) this.skipInterpolation();
      else {
        this.position += 1;
        if (next === '"') return;
      }
    }
  }

  private skipInterpolation(): void {
    this.position += 2;
    this.skipUntilClosed();
    this.position += 1;
  }
}
