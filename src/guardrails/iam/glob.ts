import { overlaps } from "./overlap";
import { hasSymbol, LITERAL_QUESTION, LITERAL_STAR, piecesOf, readable, symbolsIn } from "./symbol";
import type { Truth } from "./truth";

const expressions = new Map<string, RegExp>();

/**
 * Whether a text is of a pattern with `*` (any characters, none included) and `?` (one character), as actions,
 * resources and the Like operators of IAM have it. A `*` of the text is any of a family, a `?` any character: the pattern
 * has to take all of them. Undecided where that depends on a symbol, or where the pattern takes a part of the family.
 */
export function matchesGlob(pattern: string, text: string, ignoreCase = false): Truth {
  if (pattern === "*") return true;
  const [mine, theirs] = ignoreCase ? [pattern.toLowerCase(), text.toLowerCase()] : [pattern, text];
  const alike = alikeUntil(mine, theirs);
  if (areApart(mine, theirs, alike)) return false;
  if (mine === theirs || (alike === mine.length - 1 && mine.endsWith("*"))) return true;
  if (/[*?]/.test(mine) && expressionOf(mine).test(theirs)) return true;
  if (!isOpen(theirs) && !theirs.includes("?") && !hasSymbol(mine)) return false;
  const star = isFamily(theirs) ? ("part" as const) : true;
  const ours = piecesOf(mine.slice(alike), { star: true, question: true });
  return overlaps(ours, piecesOf(theirs.slice(alike), { star, question: true }))
    ? { unknown: why(pattern, text) }
    : false;
}

/** How far two texts are the same before anything in them is open. */
function alikeUntil(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one.charCodeAt(at) === other.charCodeAt(at) && !isOpening(one.charCodeAt(at)))
    at++;
  return at;
}

/** Whether two texts differ there, as most ARNs and actions do. */
function areApart(one: string, other: string, at: number): boolean {
  const haveEnded = at >= one.length && at >= other.length;
  return !haveEnded && !isOpening(one.charCodeAt(at)) && !isOpening(other.charCodeAt(at));
}

/** `*`, `?`, or what stands for one of them or for something unknown (symbol.ts). */
function isOpening(code: number): boolean {
  return code === 0x2a || code === 0x3f || (code >= 0xe002 && code <= 0xe011);
}

/** Whether a text is this one, letter by letter. */
export function isText(expected: string, text: string, ignoreCase = false): Truth {
  const [mine, theirs] = ignoreCase ? [expected.toLowerCase(), text.toLowerCase()] : [expected, text];
  const alike = alikeUntil(mine, theirs);
  if (areApart(mine, theirs, alike)) return false;
  if (mine === theirs && !text.includes("*")) return true;
  if (!isOpen(theirs) && !hasSymbol(mine)) return false;
  const plain = { star: false, question: false };
  const ours = piecesOf(mine.slice(alike), plain);
  return overlaps(ours, piecesOf(theirs.slice(alike), { star: true, question: false }))
    ? { unknown: why(expected, text) }
    : false;
}

/**
 * Whether an ARN is of a pattern: each of its six parts by itself, so that a `*` in one never reaches into the next
 * (IAM User Guide, "ARN condition operators"). The last part may hold colons.
 */
export function matchesArn(pattern: string, arn: string): Truth {
  const [patterns, parts] = [arnParts(pattern), arnParts(arn)];
  if (patterns.length < 6 || parts.length < 6)
    return hasSymbol(pattern) || isOpen(arn)
      ? whole(pattern, arn)
      : patterns.length === parts.length && byPart();
  return byPart();

  function byPart(): Truth {
    let undecided: Truth = true;
    for (const [index, each] of patterns.entries()) {
      const truth = matchesGlob(each, parts[index] ?? "");
      if (truth === false) return false;
      if (truth !== true) undecided = { unknown: why(pattern, arn) };
    }
    return undecided;
  }
}

function startApart(one: string, other: string): boolean {
  return areApart(one, other, alikeUntil(one, other));
}

/** Whether an ARN may be of a type of resources, by the form of the type's ARNs: `arn:*:ec2:*:*:volume/*`. */
export function mayBeOfType(form: string, arn: string): boolean {
  const [forms, parts] = [arnParts(form), arnParts(arn)];
  const areApart = parts.length === 6 && forms.some((each, index) => startApart(each, parts[index] ?? ""));
  return !areApart && matchesGlob(form, arn) !== false;
}

/** Where an ARN is unknown as a whole, nobody can say where its parts are. */
function whole(pattern: string, arn: string): Truth {
  const truth = matchesGlob(pattern, arn);
  return truth === true && pattern !== arn ? { unknown: why(pattern, arn) } : truth;
}

/** An ARN in which any stands in a part of its own; names of log streams hold colons. */
function isFamily(text: string): boolean {
  return text.startsWith("arn:") && !text.includes(":log-group:");
}

function isOpen(text: string): boolean {
  return text.includes("*") || hasSymbol(text);
}

function why(pattern: string, text: string): string {
  const [symbol] = [...symbolsIn(text), ...symbolsIn(pattern)];
  if (symbol === undefined) return `${readable(pattern)} is a part of ${readable(text)} only`;
  return `whether ${readable(pattern)} takes ${readable(text)} depends on ${symbol}, which is known after apply`;
}

function expressionOf(pattern: string): RegExp {
  const known = expressions.get(pattern);
  if (known !== undefined) return known;
  // What is unknown is more than one character for all that is known.
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, (character) => `\\${character}`)
    .replaceAll(/\*+/g, ".*")
    .replaceAll("?", "[^*\uE010-\uE2FF]")
    .replaceAll(LITERAL_STAR, "\\uE002")
    .replaceAll(LITERAL_QUESTION, "\\?");
  const expression = new RegExp(`^${source}$`, "su");
  expressions.set(pattern, expression);
  return expression;
}

function arnParts(arn: string): string[] {
  const parts = arn.split(":");
  return [...parts.slice(0, 5), ...(parts.length > 5 ? [parts.slice(5).join(":")] : [])];
}
