/**
 * Text that is not only text to cdktf 0.21: tokens of strings, lists and maps (lib/tokens/private/encoding.ts, the markers
 * `${TfToken[`, `#{TfToken[`, `&{TfToken[`), numbers that stand for a token (doubles near -8e298, or -1e289 in lists) and the values of
 * encoded maps (lib/tokens/token.ts), which are refused where they stand alone.
 */
const MORE_THAN_TEXT = /TfToken\[|e\+?2[89]\d|^(?:String|Any) Map Token Value$/;

/** The value of encoded maps of numbers (lib/tokens/token.ts, NUMBER_MAP_TOKEN_VALUE). */
const NUMBER_OF_MAP = -123456789;

/** Beyond which a number is a token or nothing that anybody writes. */
const LARGEST_PLAIN = 1e280;

/** As deep as cdktf goes before it takes a value for a circle (lib/tokens/private/resolve.ts). */
const DEEPEST = 200;

/** Resolves what is not plain: in the words of the framework, for which a token means something. */
export type ResolveToken = (value: unknown) => unknown;

/**
 * The value as cdktf's `resolve` returns it: without undefined, with every token resolved. What is plain is copied without asking the
 * framework, which joins a path and runs three regular expressions for each value; all else is `resolveToken`'s.
 */
export function resolvePlain(value: unknown, resolveToken: ResolveToken, depth = 0): unknown {
  switch (typeof value) {
    case "string":
      return MORE_THAN_TEXT.test(value) ? resolveToken(value) : value;
    case "number":
      return isPlainNumber(value) ? value : resolveToken(value);
    case "object":
      if (value === null) return null;
      if (depth > DEEPEST) return resolveToken(value);
      if (Array.isArray(value)) return resolveArray(value, resolveToken, depth);
      return resolveObject(value as Readonly<Record<string, unknown>>, resolveToken, depth);
    case "undefined":
    case "boolean":
      return value;
    default:
      return resolveToken(value);
  }
}

function isPlainNumber(value: number): boolean {
  return value > -LARGEST_PLAIN && value !== NUMBER_OF_MAP;
}

function resolveArray(values: readonly unknown[], resolveToken: ResolveToken, depth: number): unknown {
  // One element may be the token of a whole list.
  for (const value of values) {
    if (typeof value === "string" ? value.includes("#{TfToken[") : isOddNumber(value))
      return resolveToken(values);
  }
  const resolved: unknown[] = [];
  for (const value of values) {
    const each = resolvePlain(value, resolveToken, depth + 1);
    if (each !== undefined) resolved.push(each);
  }
  return resolved;
}

function isOddNumber(value: unknown): boolean {
  return typeof value === "number" && !isPlainNumber(value);
}

function resolveObject(
  value: Readonly<Record<string, unknown>>,
  resolveToken: ResolveToken,
  depth: number,
): unknown {
  const prototype: unknown = Object.getPrototypeOf(value);
  // Tokens, dates and constructs have classes; a token may be an object with a function, too.
  if (prototype !== Object.prototype || typeof value.resolve === "function") return resolveToken(value);
  const keys = Object.keys(value);
  for (const key of keys) if (MORE_THAN_TEXT.test(key)) return resolveToken(value);
  const resolved: Record<string, unknown> = {};
  for (const key of keys) {
    const each = resolvePlain(value[key], resolveToken, depth + 1);
    if (each !== undefined) resolved[key] = each;
  }
  return resolved;
}
