import fs from "node:fs";
import path from "node:path";
import { installed, title } from "../../src/components/components";
import { pinOf, shownVersion } from "../../src/releases/pins";
import { releases } from "../../src/releases/releases";
import { markdownTable } from "./architecture";

const README = path.join(__dirname, "..", "..", "README.md");
const BLOCK = /(<!-- made by npm run docs from src\/components -->\n)[\s\S]*?(\n<!-- end -->)/;

/** Components in order of what is there first, each with its page and its version in each release. */
function table(): string {
  const all = Object.values(releases);
  return markdownTable([
    ["component", "stack", ...all.map(({ name }) => `\`${name}\``)],
    ...installed.map(({ name, docs, stack }) => [
      `[${title(name)}](${docs})`,
      stack,
      ...all.map((release) => shownVersion(pinOf(release, name))),
    ]),
  ]);
}

/** The page with the table as the records are now. */
export function readmePage(page: string): string {
  if (!BLOCK.test(page)) throw new Error("README.md has lost the marks of what npm run docs makes");
  return page.replace(BLOCK, (_, begin: string, end: string) => `${begin}\n${table()}\n${end}`);
}

export const readReadme = (): string => fs.readFileSync(README, "utf8");
export const writeReadme = (page: string): void => fs.writeFileSync(README, page);
