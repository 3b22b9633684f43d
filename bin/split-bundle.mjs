// Bundles into CommonJS files that load each other when they are needed, which esbuild does for ES modules alone. Of CommonJS
// files every Node.js keeps what it compiled (code-cache.mjs); of ES modules, Node.js 20 does not.
import path from "node:path";

/**
 * Bundles as esbuild's `build` does, and returns what is to be written. What the sources import only when they need it is in
 * files of its own.
 *
 * @param {import("esbuild").BuildOptions} options with `outdir`, and `sourcemap: "linked"` or none
 * @returns {Promise<{ files: { path: string, text: string }[], metafile: import("esbuild").Metafile }>}
 */
export async function splitBundle({ minifySyntax, minifyWhitespace, sourcemap, ...options }) {
  const { build, transform } = await import("esbuild");
  const { metafile, outputFiles } = await build({
    ...options,
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node20",
    outExtension: { ".js": ".cjs" },
    sourcemap: sourcemap && "inline",
    metafile: true,
    write: false,
    plugins: [lazyBindings],
  });
  const inCircle = inCircles(metafile);
  let found = 0;
  const inCommonJs = async ({ path: file, text }) => {
    const name = path.basename(file);
    // Left to itself, `import()` would first read the names of all exports out of the file's text.
    const required = text.replace(/\bimport\(("\.\/[\w-]+\.cjs")\)/g, (_, chunk) => {
      found++;
      return `Promise.resolve().then(() => require(${chunk}))`;
    });
    const { code, map } = await transform(inCircle.has(name) ? required : exportingValues(required), {
      format: "cjs",
      platform: "node",
      target: "node20",
      // As ES modules are.
      banner: '"use strict";',
      sourcefile: name,
      sourcemap: sourcemap && "external",
      minifySyntax,
      minifyWhitespace,
      legalComments: "none",
    });
    if (!sourcemap) return [{ path: file, text: code }];
    const mapped = `${code}//# sourceMappingURL=${name}.map\n`;
    return [
      { path: file, text: mapped },
      { path: `${file}.map`, text: map },
    ];
  };
  const files = (await Promise.all(outputFiles.map(inCommonJs))).flat();
  const expected = Object.values(metafile.outputs)
    .flatMap(({ imports }) => imports)
    .filter(({ kind }) => kind === "dynamic-import").length;
  if (found !== expected)
    throw new Error(`${found} of ${expected} imports at run time were found in the bundle`);
  // What stands between the sources and a binding is nobody's source.
  const inputs = Object.fromEntries(Object.entries(metafile.inputs).filter(([name]) => !NOBODYS.test(name)));
  return { files, metafile: { ...metafile, inputs } };
}

/**
 * Exports as plain properties, in a file of functions and constants. esbuild makes getters of getters of them, which keep up with what
 * assigns to a variable later, and whose calls are some percent of a synthesis.
 */
function exportingValues(text) {
  return text.replace(/\nexport \{\n([^}]*)\n\};\n/, (whole, names) => {
    const pairs = names.split(",").map((each) => /^\s*(\S+?)(?: as (\S+))?\s*$/.exec(each)?.slice(1));
    if (pairs.some((pair) => pair === undefined)) return whole;
    const members = pairs.map(([local, as = local]) =>
      isAssignedLater(text, local) ? `get ${as}() { return ${local}; }` : `${as}: ${local}`,
    );
    return `\nmodule.exports = {\n${members.join(",\n")}\n};\n`;
  });
}

/** Whether more is assigned to a variable than what it is declared with. Too often is harmless. */
function isAssignedLater(text, name) {
  const escaped = name.replaceAll("$", "\\$");
  const assigned = new RegExp(
    `(?<![\\w$.])${escaped}\\s*(?:[-+*/%&|^?<>]{0,3}=(?![=>])|\\+\\+|--)|(?:\\+\\+|--)${escaped}(?![\\w$])`,
    "g",
  );
  const declared = new RegExp(`^(?:var|let|const) ${escaped} = `, "m");
  return [...text.matchAll(assigned)].length > (declared.test(text) ? 1 : 0);
}

/** Files that load each other while they are loaded. */
function inCircles({ outputs }) {
  const loads = new Map(
    Object.entries(outputs).map(([file, { imports }]) => [
      path.basename(file),
      imports.filter(({ kind }) => kind === "import-statement").map((each) => path.basename(each.path)),
    ]),
  );
  const reaches = (from, to, seen = new Set()) =>
    (loads.get(from) ?? []).some((next) => {
      if (next === to) return true;
      if (seen.has(next)) return false;
      seen.add(next);
      return reaches(next, to, seen);
    });
  return new Set([...loads.keys()].filter((file) => reaches(file, file)));
}

const LAZY = "lazy";
const LAZY_FUNCTION = "lazy-function";
const NOBODYS = /^lazy(-function)?:/;

/**
 * Bindings of providers run when one of their classes is first used: what a module of the sources imports is made by a small target only in
 * part, and a resource's binding has a hundred classes. An import names classes alone, so that nobody sees the difference.
 */
const lazyBindings = {
  name: "lazy-bindings",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@cdktf\/provider-[^/]+\/lib\// }, ({ path: name, importer, resolveDir, kind }) =>
      kind === "import-statement" && !importer.includes(`${path.sep}node_modules${path.sep}`)
        ? { path: name, namespace: LAZY, pluginData: resolveDir }
        : undefined,
    );
    // Of what the framework loads for assets, of which nobody here has any, the packer of archives takes longest.
    onResolve({ filter: /^archiver$/ }, ({ path: name, importer, resolveDir, kind }) =>
      kind === "require-call" && importer.includes(path.join("node_modules", "cdktf", "lib"))
        ? { path: name, namespace: LAZY_FUNCTION, pluginData: resolveDir }
        : undefined,
    );
    onLoad({ filter: /.*/, namespace: LAZY_FUNCTION }, ({ path: name, pluginData: resolveDir }) => ({
      contents: `module.exports = (...given) => require(${JSON.stringify(name)})(...given);\n`,
      resolveDir,
    }));
    onLoad({ filter: /.*/, namespace: LAZY }, ({ path: name, pluginData: resolveDir }) => ({
      // Names are looked up in what stands behind the exports, which esbuild passes on as it is.
      contents: `const get = (_, name) => name === "__esModule" || require(${JSON.stringify(name)})[name];
module.exports = Object.create(new Proxy({}, { get }));
`,
      resolveDir,
    }));
  },
};
