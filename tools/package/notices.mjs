import fs from "node:fs";
import path from "node:path";

/** Licences under which others' work may be part of this package. Another one is a decision for a person. */
const ACCEPTED = new Set([
  "MIT",
  "ISC",
  "Apache-2.0",
  "MPL-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "0BSD",
  "BlueOak-1.0.0",
]);

/**
 * The notices of all that is bundled, with the text of each licence.
 *
 * @param inputs files that a bundle was made of, relative to the repository
 * @throws Error for a package without a licence text, or under another licence than the accepted ones
 */
export function notices(root, inputs) {
  const folders = [...new Set(inputs.flatMap((file) => packageFolder(file)))].sort(byName);
  const parts = folders.map((folder) => notice(root, folder));
  return [
    "# What others wrote",
    "",
    "This package holds code of the packages below, bundled, each under its own licence. The source of those under the Mozilla",
    "Public License 2.0 is on npm, in the package of that name and version; it is bundled as it is there.",
    "",
    "| package | version | licence |",
    "| --- | --- | --- |",
    ...parts.map(
      ({ name, version, license }) =>
        `| [${name}](https://www.npmjs.com/package/${name}) | ${version} | ${license} |`,
    ),
    ...parts.flatMap(({ name, version, text }) => ["", `## ${name} ${version}`, "", "```text", text, "```"]),
    "",
  ].join("\n");
}

/** `node_modules/@cdktf/provider-aws` of a file in it. */
function packageFolder(file) {
  const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file);
  return found === null ? [] : [found[1]];
}

function byName(a, b) {
  const [nameOfA, nameOfB] = [a, b].map((each) => each.slice(each.lastIndexOf("node_modules/")));
  return nameOfA < nameOfB ? -1 : nameOfA > nameOfB ? 1 : a < b ? -1 : 1;
}

function notice(root, folder) {
  const dir = path.join(root, folder);
  const { name, version, license } = JSON.parse(fs.readFileSync(path.join(dir, "package.json"), "utf8"));
  if (!ACCEPTED.has(license))
    throw new Error(`${name} ${version} is under ${license}, which nobody has decided to bundle`);
  const files = fs
    .readdirSync(dir)
    .filter((file) => /^(licen[cs]e|notice|copying)([.-].*)?$/i.test(file))
    .sort();
  if (files.length === 0) throw new Error(`${name} ${version} has no licence text to hand on`);
  const text = files.map((file) => fs.readFileSync(path.join(dir, file), "utf8").trim()).join("\n\n");
  return { name, version, license, text: text.replaceAll("```", "'''") };
}
