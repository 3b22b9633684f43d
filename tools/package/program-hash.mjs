import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

/** SHA-256 of the program in a folder: of every script and chart, by name. The same on every machine for the same sources. */
export function programHash(dist) {
  const hash = createHash("sha256");
  const files = fs
    .readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.relative(dist, path.join(parentPath, name)).split(path.sep).join("/"))
    .filter((file) => /\.[cm]js$/.test(file) || file.startsWith("charts/"))
    .sort();
  for (const file of files)
    hash
      .update(file)
      .update("\0")
      .update(fs.readFileSync(path.join(dist, file)))
      .update("\0");
  return hash.digest("hex");
}
