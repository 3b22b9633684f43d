let isShown = false;

/**
 * Where a command that takes seconds has got to: a line on a terminal, which the next replaces and the first word of the
 * result wipes away. A file or a CI gets none of it.
 */
export function tellProgress(text: string, stream: NodeJS.WriteStream = process.stderr): void {
  if (!stream.isTTY) return;
  // No wider than the terminal: of a line that wraps only the last part would be replaced.
  const line = [...text].slice(0, Math.max(0, (stream.columns || 80) - 1)).join("");
  stream.write(`\r${ERASE_LINE}${line}`);
  isShown = true;
}

/** Called before anything else is written. */
export function wipeProgress(stream: NodeJS.WriteStream = process.stderr): void {
  if (!isShown) return;
  stream.write(`\r${ERASE_LINE}`);
  isShown = false;
}

/** ECMA-48, erase in line: from the cursor to the end. */
const ERASE_LINE = "\u001b[K";

/** A line for each thing that is begun, with its place among all: `checking prod/us-east-1 (2 of 5)`. */
export function progressOver(verb: string, total: number): (name: string) => void {
  let begun = 0;
  return (name) => tellProgress(`${verb} ${name}${total > 1 ? ` (${++begun} of ${total})` : ""}`);
}

/** As `progressOver`, where how many there are is known with the first of them. */
export function progressOf(verb: string): (name: string, total: number) => void {
  let tell: ((name: string) => void) | undefined;
  return (name, total) => (tell ??= progressOver(verb, total))(name);
}
