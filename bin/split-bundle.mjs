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
  let found = 0;
  const inCommonJs = async ({ path: file, text }) => {
    const name = path.basename(file);
    // Left to itself, `import()` would first read the names of all exports out of the file's text.
    const required = text.replace(/\bimport\(("\.\/[\w-]+\.cjs")\)/g, (_, chunk) => {
      found++;
      return `Promise.resolve().then(() => require(${chunk}))`;
    });
    const { code, map } = await transform(required, {
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
  const inputs = Object.fromEntries(
    Object.entries(metafile.inputs).filter(([name]) => !name.startsWith(`${LAZY}:`)),
  );
  return { files, metafile: { ...metafile, inputs } };
}

const LAZY = "lazy";

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
    onLoad({ filter: /.*/, namespace: LAZY }, ({ path: name, pluginData: resolveDir }) => ({
      // Names are looked up in what stands behind the exports, which esbuild passes on as it is.
      contents: `const get = (_, name) => name === "__esModule" || require(${JSON.stringify(name)})[name];
module.exports = Object.create(new Proxy({}, { get }));
`,
      resolveDir,
    }));
  },
};
