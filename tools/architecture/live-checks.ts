import fs from "node:fs";
import path from "node:path";
import { codeCell, markdownTable } from "../../src/text/markdown";
import { runbookOf } from "../../src/verify/live-check";
import { liveChecks } from "../../src/verify/live-checks";

const root = path.join(__dirname, "..", "..");
const file = path.join(root, "docs", "verify.md");
const BEGIN = "<!-- checks: made by npm run docs -->";
const END = "<!-- end of checks -->";

export const readVerifyPage = (): string => fs.readFileSync(file, "utf8");
export const writeVerifyPage = (text: string): void => fs.writeFileSync(file, text);

/** The page of `octarine verify` with the table of its checks. Each leads to its runbook, where it has one. */
export function verifyPage(page: string): string {
  const rows = liveChecks.map((check) => {
    const runbook = runbookOf(check);
    const isOther = path.join(root, runbook) !== file;
    return [
      isOther
        ? `[\`${check.id}\`](${path.relative(path.dirname(file), path.join(root, runbook))})`
        : `\`${check.id}\``,
      check.group,
      check.proves,
      check.asks.map(codeCell).join("<br>"),
      check.offline,
    ];
  });
  const table = markdownTable(["id", "group", "what it proves", "what is asked", "before a deploy"], rows);
  const [before = "", rest = ""] = page.split(BEGIN);
  const [, after = ""] = rest.split(END);
  return `${before}${BEGIN}\n<!-- prettier-ignore -->\n${table}\n\n${END}${after}`;
}
