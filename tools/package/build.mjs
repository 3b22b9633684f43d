// Writes dist/, what the package runs from: the program and what it exports, bundled, with charts, notices and types.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { splitBundle } from "../../bin/split-bundle.mjs";
import { programHash } from "./program-hash.mjs";
import { notices } from "./notices.mjs";
import { closeTypes } from "./types.mjs";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..", "..");
const dist = path.join(root, "dist");

/**
 * Packages that a project and Octarine must have one copy of: a construct of the one is not one for the other. They are
 * peers of the package, so that npm installs them once or says which versions disagree.
 */
const { exports, peerDependencies, peerDependenciesMeta } = JSON.parse(
  fs.readFileSync(path.join(root, "package.json"), "utf8"),
);
const shared = Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional);

/** What the package exports: `stacks` is src/package/stacks.ts. */
const exported = Object.values(exports).flatMap((each) =>
  each.default ? [path.basename(each.default, ".mjs")] : [],
);

fs.rmSync(dist, { recursive: true, force: true });
const { files, metafile } = await splitBundle({
  entryPoints: {
    octarine: "src/cli/octarine.ts",
    ...Object.fromEntries(exported.map((name) => [name, `src/package/${name}.ts`])),
  },
  outdir: dist,
  absWorkingDir: root,
  external: shared,
  minifySyntax: true,
  minifyWhitespace: true,
  logLevel: "warning",
});
fs.mkdirSync(dist);
for (const { path: file, text } of files) fs.writeFileSync(file, text);
for (const name of exported) {
  const { exports: names } = metafile.outputs[`dist/${name}.cjs`];
  // By `require`, as the program loads it, whatever reads ES modules for a project.
  fs.writeFileSync(
    path.join(dist, `${name}.mjs`),
    `import { createRequire } from "node:module";
export const { ${names.join(", ")} } = createRequire(import.meta.url)("./${name}.cjs");
`,
  );
}
fs.cpSync(path.join(root, "charts"), path.join(dist, "charts"), { recursive: true });
const types = path.join(dist, "types");
execFileSync(process.execPath, [path.join(root, "node_modules/typescript/bin/tsc"), "-p", "tools/package"], {
  cwd: root,
  stdio: "inherit",
});
const entries = exported.map((name) => path.join(types, "src", "package", `${name}.d.ts`));
const declared = closeTypes(root, types, entries, shared);
fs.writeFileSync(
  path.join(dist, "THIRD-PARTY-NOTICES.md"),
  notices(root, [...Object.keys(metafile.inputs), ...declared]),
);
// Of what runs, and not of where and when it was built.
fs.writeFileSync(path.join(dist, "program.json"), `${JSON.stringify({ hash: programHash(dist), shared })}\n`);
