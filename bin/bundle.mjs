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

/** Calls back with each source's path from the root, in order. */
function eachSource(add) {
  const addFolder = (folder) => {
    for (const entry of fs.readdirSync(`${root}/${folder}`, { withFileTypes: true }).sort(byName)) {
      const inside = `${folder}/${entry.name}`;
      if (entry.isDirectory()) addFolder(inside);
      else add(inside);
    }
  };
  SOURCES.forEach(add);
  FOLDERS.forEach(addFolder);
}

function byName(a, b) {
  return a.name < b.name ? -1 : 1;
}

/** Of each source's path and content. Every run asks for it, so what the file system tells of each is asked first, and all are read where that changed. */
function sourceHash() {
  const begun = performance.now();
  const { stats, youngestMs } = sourceStats();
  const file = path.join(cache, `sources-${process.version}.json`);
  const known = knownHash(file);
  // Within one tick of the file system's clock a second change leaves a stat as it is.
  if (known?.stats === stats && youngestMs + RACY_MS < known.takenMs) return known.hash;
  const hash = createHash("sha256").update(process.version);
  eachSource((source) => hash.update(`${source}\0`).update(fs.readFileSync(`${root}/${source}`)));
  const found = hash.digest("hex").slice(0, 16);
  keepHash(file, () => ({ stats, hash: found, tookMs: performance.now() - begun }));
  return found;
}

/** The coarsest clock of a file system that is in use (FAT). */
const RACY_MS = 2_000;

/** By which a file that was written to is known. Paths are joined by hand: there are many. */
function sourceStats() {
  let youngestMs = 0;
  let all = `${root}\n`;
  eachSource((source) => {
    const { size, mtimeMs, ctimeMs, ino } = fs.statSync(`${root}/${source}`);
    youngestMs = Math.max(youngestMs, ctimeMs);
    all += `${source} ${size} ${mtimeMs} ${ctimeMs} ${ino}\n`;
  });
  return { stats: createHash("sha256").update(all).digest("hex"), youngestMs };
}

/** What was found last, and when what the file system told was asked, by its own clock. */
function knownHash(file) {
  try {
    const { stats, hash, tookMs } = JSON.parse(fs.readFileSync(file, "utf8"));
    return { stats, hash, takenMs: fs.statSync(file).mtimeMs - tookMs };
  } catch {
    return undefined;
  }
}

function keepHash(file, found) {
  try {
    const partial = `${file}.${process.pid}`;
    fs.mkdirSync(cache, { recursive: true });
    fs.writeFileSync(partial, JSON.stringify(found()));
    fs.renameSync(partial, file);
  } catch {
    // Then all are read in the next run, too.
  }
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
