/** A field of a struct, or an entry of a map or list (which has no key), as it is written. */
export interface Entry {
  readonly key?: string;
  readonly value: string;
}

const OPENS = "{[(";
const CLOSES = "}])";

/** The text between the brace at `from` and the one that closes it. */
export function insideBraces(text: string, from: number): string {
  let depth = 0;
  for (const { at, character } of characters(text, from)) {
    if (OPENS.includes(character)) depth++;
    if (CLOSES.includes(character) && --depth === 0) return text.slice(from + 1, at);
  }
  throw new Error(`no brace closes the one of: ${text.slice(from, from + 60)}`);
}

/** The entries of a composite literal's inside. */
export function entriesOf(inside: string): Entry[] {
  const entries: Entry[] = [];
  let depth = 0;
  let start = 0;
  let colon: number | undefined;
  const end = (at: number) => {
    const value = inside.slice((colon ?? start - 1) + 1, at).trim();
    const key = colon === undefined ? undefined : inside.slice(start, colon).trim();
    if (value !== "") entries.push({ ...(key !== undefined && { key }), value });
    start = at + 1;
    colon = undefined;
  };
  for (const { at, character } of characters(inside, 0)) {
    if (OPENS.includes(character)) depth++;
    else if (CLOSES.includes(character)) depth--;
    else if (depth > 0) continue;
    else if (character === ",") end(at);
    else if (character === ":" && colon === undefined && inside[at + 1] !== "=") colon = at;
  }
  end(inside.length);
  return entries;
}

/** Characters outside of texts. */
function* characters(text: string, from: number): Generator<{ at: number; character: string }> {
  for (let at = from; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === '"' || character === "`" || character === "'") {
      const close = closingQuote(text, at);
      at = close;
    } else yield { at, character };
  }
}

function closingQuote(text: string, from: number): number {
  const quote = text.charAt(from);
  for (let at = from + 1; at < text.length; at++) {
    if (quote !== "`" && text.charAt(at) === "\\") at++;
    else if (text.charAt(at) === quote) return at;
  }
  return text.length;
}
