import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

/** A chart of this repository: beside the bundle that bin/bundle.mjs makes, or beside the sources. */
export function chartFolder(name: string): string {
  const beside = path.join(__dirname, "charts", name);
  return fs.existsSync(beside) ? beside : path.join(__dirname, "..", "..", "charts", name);
}

const hashes = new Map<string, string>();

/**
 * Hash of a chart's files, as cdktf makes it of an asset (cdktf 0.21.0, lib/private/fs.ts, hashPath), which reads a folder in
 * the order that the system lists it. Here the names are in order, so that it is one on every system, and once for all releases.
 */
export function chartHash(folder: string): string {
  const known = hashes.get(folder);
  if (known !== undefined) return known;
  const hash = createHash("md5");
  filesIn(folder).forEach((file) => hash.update(fs.readFileSync(file)));
  const text = hash.digest("hex").toUpperCase();
  hashes.set(folder, text);
  return text;
}

function filesIn(folder: string): string[] {
  return fs
    .readdirSync(folder)
    .sort()
    .map((name) => path.join(folder, name))
    .flatMap((file) => (fs.statSync(file).isDirectory() ? filesIn(file) : [file]));
}
