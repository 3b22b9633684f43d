/** Parts of a file, a line each or more, with one line end at the end. */
export function text(...parts: readonly string[]): string {
  return `${parts.join("\n")}\n`;
}
