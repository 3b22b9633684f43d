/**
 * JSON as json-stable-stringify 1.x writes it with two spaces, which cdktf uses: keys in order, and an empty list or map on two lines.
 * It asks each value for less. Plain data only: nothing in it has a `toJSON`, and nothing is within itself.
 */
export function stableText(value: unknown): string {
  return textOf(value, "\n") ?? "";
}

function textOf(value: unknown, end: string): string | undefined {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${end}  `;
  let text = "";
  if (Array.isArray(value)) {
    for (const each of value as unknown[])
      text += `${text === "" ? "" : ","}${inner}${textOf(each, inner) ?? "null"}`;
    return `[${text}${end}]`;
  }
  const map = value as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(map).sort()) {
    const each = textOf(map[key], inner);
    if (each !== undefined) text += `${text === "" ? "" : ","}${inner}${JSON.stringify(key)}: ${each}`;
  }
  return `{${text}${end}}`;
}
