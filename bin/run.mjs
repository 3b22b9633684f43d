import fs from "node:fs";

/** Runs a program of this package from its build, and from the sources where they are: in a checkout. */
export async function run(name, entry) {
  if (!fs.existsSync(new URL("../src", import.meta.url))) await import(`../dist/${name}.mjs`);
  else await (await import("./bundle.mjs")).runBundled(entry);
}
