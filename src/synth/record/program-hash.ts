import fs from "node:fs";
import path from "node:path";

/**
 * What tells this program from every other: a hash of its code and charts, which the build writes beside it. Undefined where it
 * runs from its sources; then nothing that it made is taken for made by the same program.
 */
export function programHash(): string | undefined {
  try {
    return fs.readFileSync(path.join(__dirname, "program.sha256"), "utf8");
  } catch {
    return undefined;
  }
}
