import { type Token, tokens } from "./tokens";
import { CelUnsupported } from "./value";

export type Expression =
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "select"; readonly of: Expression; readonly field: string; readonly optional: boolean }
  | { readonly kind: "index"; readonly of: Expression; readonly at: Expression; readonly optional: boolean }
  | {
      readonly kind: "call";
      readonly on?: Expression;
      readonly name: string;
      readonly args: readonly Expression[];
    }
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  | { readonly kind: "map"; readonly entries: readonly (readonly [Expression, Expression])[] }
  | {
      readonly kind: "if";
      readonly condition: Expression;
      readonly then: Expression;
      readonly otherwise: Expression;
    }
  | { readonly kind: "unary"; readonly sign: string; readonly of: Expression }
  | {
      readonly kind: "binary";
      readonly sign: string;
      readonly left: Expression;
      readonly right: Expression;
    };

/** From the loosest to the tightest (CEL, language definition, syntax). */
const LEVELS: readonly (readonly string[])[] = [
  ["||"],
  ["&&"],
  ["==", "!=", "<", "<=", ">", ">=", "in"],
  ["+", "-"],
  ["*", "/", "%"],
];

const parsed = new Map<string, Expression>();

/** @throws CelUnsupported where it is not of the part of CEL that is read */
export function parse(source: string): Expression {
  const known = parsed.get(source);
  if (known !== undefined) return known;
  const made = new Parser(tokens(source)).whole();
  parsed.set(source, made);
  return made;
}

class Parser {
  private at = 0;

  constructor(private readonly all: readonly Token[]) {}

  whole(): Expression {
    const made = this.expression();
    if (this.at < this.all.length) throw new CelUnsupported("the expression goes on where it should end");
    return made;
  }

  private peek(): string {
    const token = this.all[this.at];
    return token?.kind === "sign" || token?.kind === "name" ? token.text : "";
  }

  private takes(text: string): boolean {
    if (this.peek() !== text) return false;
    this.at++;
    return true;
  }

  private must(text: string): void {
    if (!this.takes(text)) throw new CelUnsupported(`${text} is missing`);
  }

  private expression(): Expression {
    const condition = this.level(0);
    if (!this.takes("?")) return condition;
    const then = this.level(0);
    this.must(":");
    return { kind: "if", condition, then, otherwise: this.expression() };
  }

  private level(depth: number): Expression {
    const signs = LEVELS[depth];
    if (signs === undefined) return this.unary();
    let left = this.level(depth + 1);
    for (let sign = this.peek(); signs.includes(sign); sign = this.peek()) {
      this.at++;
      left = { kind: "binary", sign, left, right: this.level(depth + 1) };
    }
    return left;
  }

  private unary(): Expression {
    for (const sign of ["!", "-"]) if (this.takes(sign)) return { kind: "unary", sign, of: this.unary() };
    return this.member();
  }

  private member(): Expression {
    let made = this.primary();
    for (;;) {
      if (this.takes(".?")) made = { kind: "select", of: made, field: this.name(), optional: true };
      else if (this.takes(".")) {
        const name = this.name();
        made = this.takes("(")
          ? { kind: "call", on: made, name, args: this.list(")") }
          : { kind: "select", of: made, field: name, optional: false };
      } else if (this.peek() === "[" || this.peek() === "[?") {
        const optional = this.peek() === "[?";
        this.at++;
        made = { kind: "index", of: made, at: this.expression(), optional };
        this.must("]");
      } else return made;
    }
  }

  private name(): string {
    const token = this.all[this.at++];
    if (token?.kind !== "name") throw new CelUnsupported("a name is missing");
    return token.text;
  }

  private list(end: string): Expression[] {
    const found: Expression[] = [];
    while (!this.takes(end)) {
      found.push(this.expression());
      if (this.peek() !== end) this.must(",");
    }
    return found;
  }

  private primary(): Expression {
    if (this.takes("(")) {
      const inner = this.expression();
      this.must(")");
      return inner;
    }
    if (this.takes("[")) return { kind: "list", items: this.list("]") };
    if (this.takes("{")) return this.map();
    const token = this.all[this.at++];
    switch (token?.kind) {
      case "number":
      case "text":
        return { kind: "literal", value: token.value };
      case "name":
        return this.named(token.text);
      default:
        throw new CelUnsupported(`${token?.text ?? "an end"} is not read here`);
    }
  }

  private named(name: string): Expression {
    if (name === "true" || name === "false") return { kind: "literal", value: name === "true" };
    if (name === "null") return { kind: "literal", value: null };
    return this.takes("(") ? { kind: "call", name, args: this.list(")") } : { kind: "name", name };
  }

  private map(): Expression {
    const entries: [Expression, Expression][] = [];
    while (!this.takes("}")) {
      const key = this.expression();
      this.must(":");
      entries.push([key, this.expression()]);
      if (this.peek() !== "}") this.must(",");
    }
    return { kind: "map", entries };
  }
}
