import fs from "node:fs";
import path from "node:path";

/** Files of a synthesized folder, as paths in it; without what Octarine keeps there for itself. */
function filesOf(dir: string): string[] {
  return fs
    .readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.relative(dir, path.join(parentPath, name)))
    .filter((file) => !file.split(path.sep).includes(".octarine"))
    .sort();
}

interface Stack {
  "//"?: { metadata?: { version?: string } };
  stacks?: Record<string, unknown>;
  version?: string;
}

/** JSON without the framework's version, and without its layout: the two write an empty list in two lines or in one. */
function comparable(file: string): string {
  const text = fs.readFileSync(file, "utf8");
  if (!file.endsWith(".json")) return text;
  const json = JSON.parse(text) as Stack;
  delete json["//"]?.metadata?.version;
  if (path.basename(file) === "manifest.json") delete json.version;
  return JSON.stringify(json);
}

/** How two synthesized folders differ, a line for each file; but for the version of the framework that wrote them. */
export function differences(before: string, after: string): string[] {
  const [olds, news] = [filesOf(before), filesOf(after)];
  const gone = olds.filter((file) => !news.includes(file)).map((file) => `${file}: only on cdktf`);
  const added = news.filter((file) => !olds.includes(file)).map((file) => `${file}: only on the successor`);
  const changed = olds
    .filter((file) => news.includes(file))
    .filter((file) => comparable(path.join(before, file)) !== comparable(path.join(after, file)))
    .map((file) => `${file}: differs`);
  return [...gone, ...added, ...changed];
}
