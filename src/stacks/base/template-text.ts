/**
 * Text of a config is data, and Terraform reads every string as a template: `${file("/etc/passwd")}` in a tag would be
 * evaluated. Which `${` of a synthesized string is ours and which came with a config can't be told at the end, so it is
 * marked at the start: in what the stacks are given, the first character of each sequence is one of Unicode's private
 * ones, which no config may hold (parse-yaml.ts). Neither cdktf nor the encoding of chart values looks at those, whatever a text is put
 * into. When a stack is written they become what Terraform reads as the plain text.
 */
const MARKS = { $: "\uE000", "%": "\uE001" } as const;

const SEQUENCE = /[$%](?=\{)/g;
const MARKED = /[\uE000\uE001]\{?/g;
const PLAIN: Readonly<Record<string, string>> = {
  [MARKS.$]: "$",
  [MARKS["%"]]: "%",
  [`${MARKS.$}{`]: "$${",
  [`${MARKS["%"]}{`]: "%%{",
};

/** The value with every template sequence in its keys and texts marked. A value without any is returned as it is. */
export function markTemplates<T>(value: T): T {
  return rewrite(value, SEQUENCE, (sign) => MARKS[sign as keyof typeof MARKS]) as T;
}

/** Terraform JSON in which marked sequences are escaped, so that Terraform reads them as text. */
export function escapeMarked<T>(json: T): T {
  return rewrite(json, MARKED, (mark) => PLAIN[mark] ?? mark) as T;
}

function rewrite(value: unknown, pattern: RegExp, change: (found: string) => string): unknown {
  if (typeof value === "string") return value.replace(pattern, change);
  if (Array.isArray(value))
    return sameOr(
      value,
      value.map((item) => rewrite(item, pattern, change)),
    );
  if (!isPlain(value)) return value;
  return rewriteMap(value, pattern, change);
}

/** Most maps have nothing to change, and are not copied. */
function rewriteMap(
  value: Readonly<Record<string, unknown>>,
  pattern: RegExp,
  change: (found: string) => string,
): Readonly<Record<string, unknown>> {
  const keys = Object.keys(value);
  let changed: [string, unknown][] | undefined;
  for (const [index, key] of keys.entries()) {
    const field = value[key];
    const [newKey, newField] = [key.replace(pattern, change), rewrite(field, pattern, change)];
    if (changed === undefined && newKey === key && Object.is(newField, field)) continue;
    changed ??= keys.slice(0, index).map((each): [string, unknown] => [each, value[each]]);
    changed.push([newKey, newField]);
  }
  return changed === undefined ? value : Object.fromEntries(changed);
}

function sameOr(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  return after.every((item, index) => Object.is(item, before[index])) ? before : after;
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
