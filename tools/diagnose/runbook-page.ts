import fs from "node:fs";
import path from "node:path";
import { causes } from "../../src/diagnose/causes/causes";
import { runbookFile, runbooks } from "../../src/facts/runbooks";

const root = path.join(__dirname, "../..");
const LEADS = /(<!-- made by npm run docs from src\/facts\/runbooks.ts -->\n)[\s\S]*?(\n<!-- end -->)/;
const MEND = /(<!-- made by npm run docs from src\/diagnose\/causes -->\n)[\s\S]*?(\n<!-- end -->)/;

/** All pages there have to be. */
export const runbookPages: readonly string[] = [
  ...new Set([...causes.map(({ id }) => id), ...runbooks.map(({ page }) => page)]),
].sort();

export function readRunbook(page: string): string {
  return fs.readFileSync(path.join(root, runbookFile(page)), "utf8");
}

/** A page with what the records say of it now. */
export function runbookPage(page: string, text: string): string {
  const cause = causes.find(({ id }) => id === page);
  if (!LEADS.test(text) || (cause !== undefined && !MEND.test(text)))
    throw new Error(`${runbookFile(page)} has lost the marks of its made parts`);
  return text
    .replace(LEADS, (_, begin: string, end: string) => `${begin}\n${leadsTo(page)}\n${end}`)
    .replace(
      MEND,
      (_, begin: string, end: string) => `${begin}\n${cause === undefined ? "" : mendOf(cause)}\n${end}`,
    );
}

function leadsTo(page: string): string {
  const own = runbooks.filter((each) => each.page === page);
  const named = [
    ...(causes.some(({ id }) => id === page) ? [`\`npx octarine diagnose\` names it \`${page}\``] : []),
    ...listOf(
      "alerts",
      own.flatMap(({ alerts = [] }) => alerts),
    ),
    ...listOf(
      "checks of `npx octarine verify`",
      own.flatMap(({ checks = [] }) => checks),
    ),
  ];
  return `Leads here: ${named.join("; ")}.`;
}

function listOf(what: string, names: readonly string[]): string[] {
  return names.length === 0 ? [] : [`${what} ${names.map((name) => `\`${name}\``).join(", ")}`];
}

function mendOf({ confirm, mend, keys }: (typeof causes)[number]): string {
  return [
    "```sh",
    confirm,
    "```",
    "",
    `To mend it: ${mend}.`,
    ...(keys.length === 0 ? [] : ["", `Keys: ${keys.map((key) => `\`${key}\``).join(", ")}.`]),
  ].join("\n");
}

export function writeRunbooks(): void {
  for (const page of runbookPages)
    fs.writeFileSync(path.join(root, runbookFile(page)), runbookPage(page, readRunbook(page)));
}
