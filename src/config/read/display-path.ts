import nodePath from "node:path";

/** Relative to where the user stands, with forward slashes on every system. */
export function displayPath(path: string): string {
  return nodePath.relative(process.cwd(), path).split(nodePath.sep).join("/") || ".";
}
