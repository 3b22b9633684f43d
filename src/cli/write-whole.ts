import fs from "node:fs";

const STANDARD_OUTPUT = "-";

/** Whether `--out` asks for standard output; remarks then belong on standard error. */
export const isStandardOutput = (file: string): boolean => file === STANDARD_OUTPUT;

/** A file that was written, as readers are told of it. */
export const shownFile = (file: string): string => (isStandardOutput(file) ? "standard output" : file);

/**
 * Writes a file whole or not at all: what was there stays if the disk is full or something kills this program. Errors name
 * the file that was asked for. What is not a file, such as /dev/stdout, is written as it is; `-` is standard output.
 */
export function writeWhole(file: string, text: string): void {
  if (isStandardOutput(file)) return void process.stdout.write(text);
  const there = fs.statSync(file, { throwIfNoEntry: false });
  if (there !== undefined && !there.isFile()) return fs.writeFileSync(file, text);
  // A link stays a link.
  const real = there === undefined ? file : fs.realpathSync(file);
  const part = `${real}.${process.pid}.part`;
  try {
    fs.writeFileSync(part, text, { mode: there?.mode ?? 0o666 });
    fs.renameSync(part, real);
  } catch (error) {
    fs.rmSync(part, { force: true });
    throw error instanceof Error ? Object.assign(error, { path: file, dest: undefined }) : error;
  }
}
