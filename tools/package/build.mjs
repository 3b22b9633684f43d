// Writes dist/, what the package runs from: the program and what it exports, bundled, with charts, notices and types.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { commonJs } from "../../bin/bundle.mjs";
import { programHash } from "./program-hash.mjs";
import { notices } from "./notices.mjs";

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), "..", "..");
const dist = path.join(root, "dist");

/**
 * Packages that a project and Octarine must have one copy of: a construct of the one is not one for the other. They are
 * peers of the package, so that npm installs them once or says which versions disagree.
 */
const { peerDependencies, peerDependenciesMeta } = JSON.parse(
  fs.readFileSync(path.join(root, "package.json"), "utf8"),
);
const shared = Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional);

fs.rmSync(dist, { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: { octarine: "src/cli/octarine.ts", app: "main.ts" },
  outdir: dist,
  outExtension: { ".js": ".mjs" },
  absWorkingDir: root,
  bundle: true,
  splitting: true,
  platform: "node",
  format: "esm",
  target: "node20",
  external: shared,
  banner: { js: commonJs },
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
});
fs.cpSync(path.join(root, "charts"), path.join(dist, "charts"), { recursive: true });
fs.writeFileSync(path.join(dist, "THIRD-PARTY-NOTICES.md"), notices(root, Object.keys(metafile.inputs)));
// Of what runs, and not of where and when it was built.
fs.writeFileSync(path.join(dist, "program.json"), `${JSON.stringify({ hash: programHash(dist), shared })}\n`);
