/**
 * Texts of policies and calls in which a part is not known yet: a symbol stands for it. A symbol is equal to itself,
 * and may be equal to anything else. It is written in private-use characters, so that no pattern meets it by chance.
 */
const OPEN = "\uE010";
/** Of an identifier that AWS gives to one thing, such as a key's: two of those are never the same, and hold no `:` or `/`. */
const OPEN_ID = "\uE011";
const CLOSE = "\uE012";
const SHIFT = 0xe200;

const SYMBOLS = /[\uE010\uE011]([\uE200-\uE2FF]*)\uE012/g;

/** What `${*}`, `${?}` of a policy stand for: the character itself. */
export const LITERAL_STAR = "\uE002";
export const LITERAL_QUESTION = "\uE003";

/** A symbol for what an expression will give. */
export function symbol(expression: string, kind: "any" | "id" = "any"): string {
  const shifted = [...encodeURIComponent(expression)].map((each) =>
    String.fromCharCode(SHIFT + each.charCodeAt(0)),
  );
  return `${kind === "id" ? OPEN_ID : OPEN}${shifted.join("")}${CLOSE}`;
}

export function hasSymbol(text: string): boolean {
  return /[\uE010\uE011]/.test(text);
}

/** The expressions of the symbols in a text. */
export function symbolsIn(text: string): string[] {
  return [...text.matchAll(SYMBOLS)].map(([, shifted = ""]) => decoded(shifted));
}

/** A text as people read it: `arn:aws:kms:…:key/${aws_kms_key.x}`. */
export function readable(text: string): string {
  return text
    .replaceAll(SYMBOLS, (_, shifted: string) => `\${${decoded(shifted)}}`)
    .replaceAll(LITERAL_STAR, "${*}")
    .replaceAll(LITERAL_QUESTION, "${?}");
}

function decoded(shifted: string): string {
  return decodeURIComponent(
    [...shifted].map((each) => String.fromCharCode(each.charCodeAt(0) - SHIFT)).join(""),
  );
}

/** One step of a text: a character, any text, one character, or an identifier by its name. */
export type Piece =
  | { readonly kind: "character"; readonly value: string }
  /** `isPart`: of one part of an ARN, without a colon. */
  | { readonly kind: "any"; readonly isPart?: true }
  | { readonly kind: "one" }
  | { readonly kind: "id"; readonly name: string };

const ANY: Piece = { kind: "any" };
const ANY_OF_PART: Piece = { kind: "any", isPart: true };
const ONE: Piece = { kind: "one" };

/** @param wild whether `*` and `?` are patterns here */
export function piecesOf(
  text: string,
  wild: { readonly star: boolean | "part"; readonly question: boolean },
): Piece[] {
  const pieces: Piece[] = [];
  for (let i = 0; i < text.length; i++) {
    const value = text.charAt(i);
    if (value === OPEN || value === OPEN_ID) {
      const end = text.indexOf(CLOSE, i);
      pieces.push(value === OPEN ? ANY : { kind: "id", name: text.slice(i, end) });
      i = end;
    } else if (value === "*" && wild.star !== false) pieces.push(wild.star === "part" ? ANY_OF_PART : ANY);
    else if (value === "?" && wild.question) pieces.push(ONE);
    else if (value === LITERAL_STAR) pieces.push({ kind: "character", value: "*" });
    else if (value === LITERAL_QUESTION) pieces.push({ kind: "character", value: "?" });
    else pieces.push({ kind: "character", value });
  }
  return pieces;
}
