/** How versions of the framework write an empty list or map: on a line of its own, as json-stable-stringify 1.x does, or not. */
const EMPTY: Readonly<Record<string, "two lines" | "one line">> = {
  // cdktf, lib/synthesize/synthesizer.js
  "0.21.0": "two lines",
  // cdktn, which takes safe-stable-stringify 2.x
  "0.24.0": "one line",
};

/**
 * JSON as a version of the framework writes it with two spaces and keys in order; undefined where nobody looked. Plain data only: nothing
 * in it has a `toJSON`, and nothing is within itself.
 */
export function stableText(value: unknown, version: string): string | undefined {
  const empty = Object.hasOwn(EMPTY, version) ? EMPTY[version] : undefined;
  return empty === undefined ? undefined : textOf(value, "\n", empty === "one line");
}

function textOf(value: unknown, end: string, isTight: boolean): string | undefined {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${end}  `;
  let text = "";
  if (Array.isArray(value)) {
    for (const each of value as unknown[])
      text += `${text === "" ? "" : ","}${inner}${textOf(each, inner, isTight) ?? "null"}`;
    return text === "" && isTight ? "[]" : `[${text}${end}]`;
  }
  const map = value as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(map).sort()) {
    const each = textOf(map[key], inner, isTight);
    if (each !== undefined) text += `${text === "" ? "" : ","}${inner}${JSON.stringify(key)}: ${each}`;
  }
  return text === "" && isTight ? "{}" : `{${text}${end}}`;
}
