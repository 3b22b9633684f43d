// Bundles the TypeScript program once per state of its sources, so that no run pays for a compiler or a type check.
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { run } from "./code-cache.mjs";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..");
const cache = path.join(root, "node_modules", ".cache", "octarine");

const SOURCES = ["package-lock.json", "main.ts", "bin/bundle.mjs", "bin/split-bundle.mjs"];
const FOLDERS = ["src", ".gen", "charts"];

/** Of each source's path and content. Every run asks for it, so paths are joined by hand. */
function sourceHash() {
  const hash = createHash("sha256").update(process.version);
  const add = (file) => hash.update(`${file}\0`).update(fs.readFileSync(`${root}/${file}`));
  const addFolder = (folder) => {
    for (const entry of fs.readdirSync(`${root}/${folder}`, { withFileTypes: true }).sort(byName)) {
      const inside = `${folder}/${entry.name}`;
      if (entry.isDirectory()) addFolder(inside);
      else add(inside);
    }
  };
  SOURCES.forEach(add);
  FOLDERS.forEach(addFolder);
  return hash.digest("hex").slice(0, 16);
}

function byName(a, b) {
  return a.name < b.name ? -1 : 1;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Bundles of earlier sources. Recent ones stay: another run may be about to load one. */
function removeOldBundles() {
  if (!fs.existsSync(cache)) return;
  for (const name of fs.readdirSync(cache)) {
    const dir = path.join(cache, name);
    const there = fs.statSync(dir, { throwIfNoEntry: false });
    if (there !== undefined && there.mtimeMs < Date.now() - DAY_MS)
      fs.rmSync(dir, { recursive: true, force: true });
  }
}

/**
 * Runs `entry` (a TypeScript file of this repository) from its bundle, which is made if it is not there yet. What the
 * sources import only when they need it is in files of its own, so that nobody pays for what they do not use.
 */
export async function runBundled(entry) {
  const dir = path.join(cache, sourceHash(), path.basename(entry, ".ts"));
  if (!fs.existsSync(dir)) await makeBundle(entry, dir);
  run(pathToFileURL(path.join(dir, "main.cjs")));
}

async function makeBundle(entry, dir) {
  const { splitBundle } = await import("./split-bundle.mjs");
  removeOldBundles();
  const partial = `${dir}.${process.pid}`;
  fs.mkdirSync(partial, { recursive: true });
  const { files: made, metafile } = await splitBundle({
    entryPoints: { main: path.join(root, entry) },
    outdir: partial,
    absWorkingDir: root,
    sourcemap: "linked",
    logLevel: "error",
  });
  for (const { path: file, text } of made) fs.writeFileSync(file, text);
  // Which sources each file holds.
  fs.writeFileSync(path.join(partial, "sources.json"), JSON.stringify(sourcesByFile(metafile)));
  // By which what this program wrote is known from what another one wrote.
  const program = { hash: path.basename(path.dirname(dir)) };
  fs.writeFileSync(path.join(partial, "program.json"), JSON.stringify(program));
  // Charts are read from beside the bundle: where the sources lie, a bundle can't tell.
  fs.cpSync(path.join(root, "charts"), path.join(partial, "charts"), { recursive: true });
  try {
    fs.renameSync(partial, dir);
  } catch (error) {
    // Another process was faster; its bundle is the same.
    fs.rmSync(partial, { recursive: true, force: true });
    if (!fs.existsSync(dir)) throw error;
  }
}

function sourcesByFile({ outputs }) {
  return Object.fromEntries(
    Object.entries(outputs)
      .filter(([file]) => file.endsWith(".cjs"))
      .map(([file, { inputs }]) => [path.basename(file), Object.keys(inputs)]),
  );
}
