import { mapFields, Unknown, type Value } from "../../values/value";

/** Marks of an expression inside a text that is parsed as something else; private-use characters nobody types. */
const OPEN = "\uE000";
const CLOSE = "\uE001";

/** What may turn out to be nothing: a choice, a lookup with a default, null itself. */
const MAY_BE_NOTHING = /\?|\btry\(|\blookup\(|\bnull\b|\bone\(/;

/** A text of Terraform JSON. With an expression in it, it is not known yet. */
export function fromText(text: string): Value {
  if (!text.includes("${") && !text.includes("%{")) return text;
  let expressions = 0;
  const plain = replaceExpressions(text, () => {
    expressions++;
    return "";
  });
  if (expressions === 0) return plain;
  return new Unknown(!MAY_BE_NOTHING.test(text), text);
}

/** Terraform JSON with its expressions as unknown values. */
export function fromJson(value: unknown): Value {
  if (typeof value === "string") return fromText(value);
  if (Array.isArray(value)) return value.map(fromJson);
  if (typeof value === "object" && value !== null)
    return mapFields(value as Readonly<Record<string, unknown>>, fromJson);
  return typeof value === "number" || typeof value === "boolean" ? value : null;
}

/** JSON text that holds expressions, inside its strings or in place of values, as data. Undefined: it is not JSON. */
export function parseTemplate(text: string, parse: (text: string) => unknown = JSON.parse): Value {
  const marked = replaceExpressions(text, (expression, inString) => {
    const mark = `${OPEN}${encodeURIComponent(expression)}${CLOSE}`;
    return inString ? mark : JSON.stringify(mark);
  });
  try {
    return unmark(parse(marked));
  } catch {
    return undefined;
  }
}

function unmark(value: unknown): Value {
  if (Array.isArray(value)) return value.map(unmark);
  if (typeof value === "object" && value !== null)
    return mapFields(value as Readonly<Record<string, unknown>>, unmark);
  if (typeof value !== "string")
    return typeof value === "number" || typeof value === "boolean" ? value : null;
  if (!value.includes(OPEN)) return value;
  const text = value.replaceAll(
    /\uE000([^\uE001]*)\uE001/g,
    (_, encoded: string) => `\${${decodeURIComponent(encoded)}}`,
  );
  return new Unknown(!MAY_BE_NOTHING.test(text), text);
}

/** What a text is read by: template sequences and their escapes, quotes, and backslashes. */
const SIGNS = /\$\$\{|%%\{|[$%]\{|["\\]/g;

/** Replaces each `${…}`; `$${` becomes the `${` it stands for. */
export function replaceExpressions(
  text: string,
  replace: (expression: string, inString: boolean) => string,
): string {
  if (!text.includes("${") && !text.includes("%{")) return text;
  let out = "";
  let done = 0;
  let inString = false;
  SIGNS.lastIndex = 0;
  for (let found = SIGNS.exec(text); found !== null; found = SIGNS.exec(text)) {
    const [sign] = found;
    const from = found.index;
    if (sign === '"') inString = !inString;
    else if (sign === "\\") SIGNS.lastIndex += inString ? 1 : 0;
    else if (sign.length === 3) {
      out += `${text.slice(done, from)}${sign.charAt(0)}{`;
      done = from + sign.length;
    } else {
      const end = endOfExpression(text, from + sign.length);
      out += text.slice(done, from) + replace(text.slice(from + sign.length, end), inString);
      done = end + 1;
      SIGNS.lastIndex = done;
    }
  }
  return out + text.slice(done);
}

/** Index of the brace that closes the expression which starts at `from`. */
function endOfExpression(text: string, from: number): number {
  let depth = 1;
  let quoted = false;
  for (let i = from; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === "\\") i++;
    else if (char === '"') quoted = !quoted;
    else if (!quoted && char === "{") depth++;
    else if (!quoted && char === "}" && --depth === 0) return i;
  }
  return text.length;
}
