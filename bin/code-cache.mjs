// Keeps what Node.js compiled of the program for its next run: half of a short run is compiling.
import { isAscii } from "node:buffer";
import { createHash } from "node:crypto";
import fs from "node:fs";
import Module, { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import v8 from "node:v8";
import vm from "node:vm";
import zlib from "node:zlib";

/** Packages that the program shares with a project, where they are no part of its bundle. */
const SHARED = ["cdktf", "constructs"];

/**
 * Runs a bundled program, and keeps its compiled code beside it. Where nothing can be written nothing is kept, and
 * NODE_DISABLE_COMPILE_CACHE=1 turns it off, as Node.js means it.
 *
 * @param {URL} program its file
 */
export function run(program) {
  const file = fileURLToPath(program);
  optimizeLater();
  keepCompiled(path.dirname(file));
  createRequire(program)(file);
}

/** The V8 of Node.js 20. */
const MEASURED_V8 = /^11\.3\./;

/**
 * A run ends before most of what V8 optimizes has paid for it: of 12 targets a third of the CPU time went to that, of one a tenth. A
 * function has to run four times as long as V8 asks (135,168) first; those of large fleets do.
 */
function optimizeLater() {
  if (MEASURED_V8.test(process.versions.v8)) v8.setFlagsFromString("--interrupt-budget=540672");
}

function keepCompiled(folder) {
  const { NODE_DISABLE_COMPILE_CACHE, NODE_V8_COVERAGE } = process.env;
  // What is kept counts no lines, and does not lead to its sources.
  if (NODE_DISABLE_COMPILE_CACHE || NODE_V8_COVERAGE || process.sourceMapsEnabled) return;
  const kept = path.join(folder, ".compiled");
  // From Node.js 22.1 on, which heeds NODE_COMPILE_CACHE as well.
  if (Module.enableCompileCache) Module.enableCompileCache(kept);
  else
    new CodeCache(folder, path.join(kept, `${process.version}-${v8.cachedDataVersionTag()}`)).useFor(
      (file) => file.startsWith(folder + path.sep) || SHARED.some((name) => file.includes(inPackage(name))),
    );
}

const inPackage = (name) => path.join(path.sep, "node_modules", name, path.sep);

/** By which Node.js itself, from 22.1 on, tells texts of one length and damaged code from each other. */
const sum = zlib.crc32 ?? ((data) => createHash("sha256").update(data).digest("base64url"));

/** What V8 keeps of a script no longer knows how to import what is named when it runs. Words of comments are none of these. */
const IMPORTS = /\bimport\((?![)"'])/;

/** Of each script what V8 made of exactly that text, with the functions that ran once. One file, which is replaced as a whole. */
class CodeCache {
  #folder;
  #file;
  #kept;
  #loaded = new Map();
  #isNew = false;

  /**
   * @param folder the program's
   * @param file where code is kept
   */
  constructor(folder, file) {
    this.#folder = folder;
    this.#file = file;
    this.#kept = keptIn(file);
  }

  /** Compiles by what is kept, and keeps for the next time, each script that `isOurs`. */
  useFor(isOurs) {
    const { _compile } = Module.prototype;
    const compiled = this.#compiled.bind(this);
    const runAs = this.#runAs.bind(this);
    Module.prototype._compile = function (text, filename, ...more) {
      const script = isOurs(filename) ? compiled(text, filename) : undefined;
      return script === undefined
        ? _compile.call(this, text, filename, ...more)
        : runAs(this, script, filename);
    };
    process.once("exit", () => this.#isNew && this.#write());
  }

  /**
   * The script of a text; undefined for one of which nothing can be kept.
   *
   * @param bytes the text's
   */
  #compiled(text, filename, bytes = text) {
    const source = `${text.length} ${sum(bytes)}`;
    // What was read of the text lies where this is read: by now it is a string.
    const cachedData = this.#data(filename, source, scratch);
    if (cachedData === undefined && IMPORTS.test(text)) return undefined;
    const script = new vm.Script(Module.wrap(text), { filename, cachedData });
    if (cachedData === undefined || script.cachedDataRejected) this.#isNew = true;
    this.#loaded.set(filename, { source, script });
    return script;
  }

  /** As a module's own `_compile` does. */
  #runAs(module, script, filename) {
    const folder = path.dirname(filename);
    const require = Object.assign(
      (id) => {
        const file = this.#partAt(folder, id);
        return file === undefined ? module.require(id) : this.#loadPart(file, module);
      },
      {
        resolve: (request, options) => Module._resolveFilename(request, module, false, options),
        main: process.mainModule,
        extensions: Module._extensions,
        cache: Module._cache,
      },
    );
    const { exports } = module;
    const wrapped = script.runInThisContext();
    return wrapped.call(exports, exports, require, module, filename, folder);
  }

  /** The file of a part of the program that was loaded before; undefined for everything else. */
  #partAt(folder, id) {
    if (folder !== this.#folder || !PART.test(id)) return undefined;
    const file = path.join(folder, id);
    return Object.hasOwn(this.#kept.entries, file) ? file : undefined;
  }

  /** As Node.js's own `require`, which for each of a hundred parts asks the file system where it may lie. */
  #loadPart(file, parent) {
    const known = Module._cache[file];
    if (known !== undefined) return known.exports;
    const bytes = readWhole(file);
    const text = isAscii(bytes) ? bytes.latin1Slice() : bytes.utf8Slice();
    const script = this.#compiled(text, file, bytes);
    if (script === undefined) return parent.require(file);
    const module = new Module(file, parent);
    module.filename = file;
    module.paths = parent.paths;
    Module._cache[file] = module;
    try {
      this.#runAs(module, script, file);
    } catch (error) {
      delete Module._cache[file];
      throw error;
    }
    module.loaded = true;
    return module.exports;
  }

  /** What is kept of a text. V8 itself looks at the text's length alone, and at no damage. */
  #data(filename, source, space = Buffer.allocUnsafe) {
    const { fd, start, entries } = this.#kept;
    const entry = entries[filename];
    if (entry?.source !== source) return undefined;
    const data = space(entry.length);
    fs.readSync(fd, data, 0, entry.length, start + entry.offset);
    return sum(data) === entry.hash ? data : undefined;
  }

  #write() {
    const partial = `${this.#file}.${process.pid}`;
    try {
      const { head, parts } = this.#contents();
      const size = Buffer.alloc(HEAD_SIZE_BYTES);
      size.writeUInt32LE(head.length);
      fs.mkdirSync(path.dirname(this.#file), { recursive: true });
      fs.writeFileSync(partial, Buffer.concat([size, head, ...parts]));
      fs.renameSync(partial, this.#file);
    } catch {
      // Nothing is lost but time.
      remove(partial);
    }
  }

  /** What ran now, and what is kept of other files that are still there. */
  #contents() {
    const entries = {};
    const parts = [];
    let offset = 0;
    const add = (filename, source, data) => {
      entries[filename] = { source, offset, length: data.length, hash: sum(data) };
      offset += data.length;
      parts.push(data);
    };
    for (const [filename, { source, script }] of this.#loaded)
      add(filename, source, script.createCachedData());
    for (const [filename, { source }] of Object.entries(this.#kept.entries)) {
      if (this.#loaded.has(filename) || !fs.existsSync(filename)) continue;
      const data = this.#data(filename, source);
      if (data !== undefined) add(filename, source, data);
    }
    return { head: Buffer.from(JSON.stringify(entries)), parts };
  }
}

let space = Buffer.alloc(0);

/** Room that is used again and again: a run reads some 15 MB, one script after the other. */
function scratch(length) {
  if (space.length < length) space = Buffer.allocUnsafeSlow(Math.max(length, 1 << 21));
  return space.subarray(0, length);
}

function readWhole(file) {
  const fd = fs.openSync(file, "r");
  try {
    const bytes = scratch(fs.fstatSync(fd).size);
    return bytes.subarray(0, fs.readSync(fd, bytes, 0, bytes.length, 0));
  } finally {
    fs.closeSync(fd);
  }
}

function remove(file) {
  try {
    fs.rmSync(file, { force: true });
  } catch {
    // It can't be there.
  }
}

/** How parts of a bundle name each other. */
const PART = /^\.\/[\w-]+\.cjs$/;

const HEAD_SIZE_BYTES = 4;

/** Where in a file which script's code is: the code itself is read when it is asked for. Nothing, where it can't be read. */
function keptIn(file) {
  try {
    const fd = fs.openSync(file, "r");
    const read = (length, position) => {
      if (length > fs.fstatSync(fd).size) throw new Error("damaged");
      const data = Buffer.alloc(length);
      fs.readSync(fd, data, 0, length, position);
      return data;
    };
    const head = read(read(HEAD_SIZE_BYTES, 0).readUInt32LE(), HEAD_SIZE_BYTES);
    return { fd, start: HEAD_SIZE_BYTES + head.length, entries: JSON.parse(head.toString()) };
  } catch {
    return { entries: {} };
  }
}
