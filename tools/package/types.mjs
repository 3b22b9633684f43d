import fs from "node:fs";
import { isBuiltin } from "node:module";
import path from "node:path";
import ts from "typescript";

const options = { moduleResolution: ts.ModuleResolutionKind.Node16, module: ts.ModuleKind.Node16 };

/**
 * Leaves of the declarations in a folder those that the entries need, and puts beside them those of packages that are bundled
 * with the program: whoever installs the package has no others than the shared ones.
 *
 * @returns files of packages that were taken, relative to the repository
 */
export function closeTypes(root, folder, entries, shared) {
  const taken = [];
  const kept = new Set();
  const pending = entries.map((file) => ({ file, from: file }));
  const enqueue = (file, from) => {
    if (kept.has(file)) return;
    kept.add(file);
    pending.push({ file, from });
  };
  entries.forEach((file) => kept.add(file));

  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { file, from } = next;
    const text = fs.readFileSync(from, "utf8");
    const edits = [];
    for (const { text: fileName, pos } of specifiers(from, text)) {
      if (shared.some((name) => fileName === name || fileName.startsWith(`${name}/`))) continue;
      // What is not there in the declarations is in a package.
      const found = ts.resolveModuleName(fileName, from, options, ts.sys).resolvedModule?.resolvedFileName;
      if (found === undefined) {
        // Node.js's own.
        if (isBuiltin(fileName)) continue;
        throw new Error(`${from}: ${fileName} has no declarations`);
      }
      const real = fs.realpathSync(found);
      if (isIn(folder, real)) enqueue(real, real);
      else {
        const target = vendored(folder, root, real);
        taken.push(path.relative(root, real).split(path.sep).join("/"));
        enqueue(target, real);
        if (!fileName.startsWith("."))
          edits.push({ pos, length: fileName.length + 2, to: specifier(file, target) });
      }
    }
    write(file, edited(text, edits));
  }
  for (const file of declarations(folder)) if (!kept.has(file)) fs.rmSync(file);
  removeEmpty(folder);
  return taken;
}

/** Where a declaration names another: imports, exports, and types that it imports where it uses them. */
function specifiers(file, text) {
  const found = [];
  const visit = (node) => {
    const named = ts.isImportTypeNode(node) ? node.argument.literal : node.moduleSpecifier;
    if (named !== undefined && ts.isStringLiteral(named))
      found.push({ text: named.text, pos: named.getStart() });
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true));
  return found;
}

function isIn(folder, file) {
  return file.startsWith(`${folder}${path.sep}`);
}

function vendored(folder, root, file) {
  const inside = path.relative(path.join(root, "node_modules"), file);
  if (inside.startsWith("..")) throw new Error(`${file} is neither ours nor a package's`);
  return path.join(folder, "vendor", inside);
}

function specifier(from, to) {
  const relative = path.relative(path.dirname(from), to).split(path.sep).join("/");
  const named = relative.startsWith(".") ? relative : `./${relative}`;
  return named.replace(/\.d\.ts$/, "").replace(/\.d\.(m|c)ts$/, ".$1js");
}

/** From the end, so that earlier positions stay what they are. */
function edited(text, edits) {
  return edits
    .toSorted((a, b) => b.pos - a.pos)
    .reduce((all, { pos, length, to }) => `${all.slice(0, pos)}"${to}"${all.slice(pos + length)}`, text);
}

function write(file, text) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}

function declarations(folder) {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name));
}

function removeEmpty(folder) {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory()) removeEmpty(path.join(folder, entry.name));
  if (fs.readdirSync(folder).length === 0) fs.rmdirSync(folder);
}
