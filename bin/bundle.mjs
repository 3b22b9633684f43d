// Bundles the TypeScript program once per state of its sources, so that no run pays for a compiler or a type check.
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const cache = path.join(root, "node_modules", ".cache", "octarine");

function* files(dir) {
  for (const entry of fs
    .readdirSync(dir, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const full = path.join(dir, entry.name);
    if (entry.isDirectory()) yield* files(full);
    else yield full;
  }
}

function sourceHash() {
  const hash = createHash("sha256").update(process.version);
  const sources = ["package-lock.json", "main.ts", "bin/bundle.mjs"].map((name) => path.join(root, name));
  for (const dir of ["src", ".gen", "charts"]) sources.push(...files(path.join(root, dir)));
  for (const file of sources)
    hash.update(path.relative(root, file)).update("\0").update(fs.readFileSync(file));
  return hash.digest("hex").slice(0, 16);
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Bundles of earlier sources. Recent ones stay: another run may be about to load one. */
function removeOldBundles() {
  if (!fs.existsSync(cache)) return;
  for (const name of fs.readdirSync(cache)) {
    const dir = path.join(cache, name);
    if (fs.statSync(dir).mtimeMs < Date.now() - DAY_MS) fs.rmSync(dir, { recursive: true, force: true });
  }
}

/** Path of the bundle of `entry` (a TypeScript file of this repository), made if it is not there yet. */
export async function bundled(entry) {
  const dir = path.join(cache, sourceHash());
  const out = path.join(dir, `${path.basename(entry, ".ts")}.cjs`);
  if (!fs.existsSync(out)) {
    const { build } = await import("esbuild");
    removeOldBundles();
    const partial = `${out}.${process.pid}`;
    await build({
      entryPoints: [path.join(root, entry)],
      outfile: partial,
      bundle: true,
      platform: "node",
      format: "cjs",
      target: "node20",
      sourcemap: "inline",
      logLevel: "error",
    });
    // Charts are read from beside the bundle: where the sources lie, a bundle can't tell.
    fs.cpSync(path.join(root, "charts"), path.join(dir, "charts"), { recursive: true });
    fs.renameSync(partial, out);
  }
  return out;
}
