import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

interface BuiltProgram {
  /** Of its code and charts. */
  readonly hash: string;
  /** Packages that are not part of it, and that a project installs beside it. */
  readonly shared?: readonly string[];
}

let isExtended = false;

/** Says whether a repository adds code of its own to the program: what that is made of nobody knows, so the program has no hash. */
export function setExtended(extended: boolean): void {
  isExtended = extended;
}

/**
 * What tells this program from every other: the hash that its build wrote beside it, and the versions of the packages that it
 * runs with. Undefined where it runs from its sources or with others' code; then nothing that was made is taken for made by the same program.
 */
export function programHash(dir: string = __dirname): string | undefined {
  if (isExtended) return undefined;
  try {
    const { hash, shared = [] } = readJson(path.join(dir, "program.json")) as BuiltProgram;
    return [hash, ...shared.map((name) => `${name} ${versionOf(name, dir)}`)].join(", ");
  } catch {
    return undefined;
  }
}

/** @throws where the package is not there */
function versionOf(name: string, dir: string): string {
  const file = createRequire(path.join(dir, "from.js")).resolve(`${name}/package.json`);
  return (readJson(file) as { version: string }).version;
}

function readJson(file: string): unknown {
  return JSON.parse(fs.readFileSync(file, "utf8"));
}
