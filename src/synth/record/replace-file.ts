import fs from "node:fs";

/** Writes a file in one step, so that nobody reads half of it. */
export function replaceFile(file: string, text: string): void {
  const partial = `${file}.${process.pid}`;
  fs.writeFileSync(partial, text);
  fs.renameSync(partial, file);
}
