import { CelUnsupported } from "./value";

export type Token =
  | { readonly kind: "name"; readonly text: string }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "sign"; readonly text: string };

const TOKEN =
  /\s+|\/\/[^\n]*|([_a-zA-Z][_a-zA-Z0-9]*)|(0x[0-9a-fA-F]+|\d+)(?![\w.]*\d)|(\|\||&&|==|!=|<=|>=|\.\?|\[\?|[-+*/%!<>?:.,()[\]{}])/y;

const ESCAPES: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** @throws CelUnsupported where it is not CEL, or not of the part that is read: floats, bytes, texts over lines */
export function tokens(source: string): Token[] {
  const found: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const quoted = /^(r?)(["'])/i.exec(source.slice(at, at + 2));
    if (quoted) {
      const [value, end] = quotedText(source, at + quoted[0].length, quoted[2] ?? "", quoted[1] !== "");
      found.push({ kind: "text", value });
      at = end;
      continue;
    }
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(source);
    if (match === null) throw new CelUnsupported(`${source.slice(at, at + 10)} is not read`);
    const [all, name, number, sign] = match;
    if (name !== undefined) found.push({ kind: "name", text: name });
    else if (number !== undefined) found.push({ kind: "number", value: Number(number) });
    else if (sign !== undefined) found.push({ kind: "sign", text: sign });
    at += all.length;
  }
  return found;
}

/** The text that begins at `start`, and where it ends. */
function quotedText(source: string, start: number, quote: string, raw: boolean): [string, number] {
  if (source.startsWith(quote.repeat(2), start)) throw new CelUnsupported("a text over lines is not read");
  let text = "";
  for (let at = start; at < source.length; at++) {
    const here = source[at] ?? "";
    if (here === quote) return [text, at + 1];
    if (here !== "\\" || raw) {
      text += here;
      continue;
    }
    const escaped = source[++at] ?? "";
    if (escaped === "u") {
      text += String.fromCodePoint(parseInt(source.slice(at + 1, at + 5), 16));
      at += 4;
    } else if (/[0-9xXU]/.test(escaped)) throw new CelUnsupported(`the escape \\${escaped} is not read`);
    else text += ESCAPES[escaped] ?? escaped;
  }
  throw new CelUnsupported("a text does not end");
}
