import fs from "node:fs";
import path from "node:path";
import { causes } from "../../src/diagnose/causes/causes";
import { depth, explains } from "../../src/diagnose/precedence";
import { matrixMarkdown, type Places, whereToLook } from "../../src/diagnose/where";
import { markdownTable } from "../architecture/architecture";
import { confusionTable, judge, sizeOf } from "./confusion";
import { readCorpus } from "./corpus";

const FILE = path.join(__dirname, "../../docs/diagnose.md");

const PLACES: Places = {
  clusterName: "prod-us-east-1",
  region: "us-east-1",
  cilium: true,
  addresses: "cilium-eni",
  flowLogs: { kind: "cloudwatch", group: "/aws/vpc/prod-us-east-1/flow-logs" },
  nat: true,
  firewallLogs: [],
  loadBalancers: true,
};

const runbook = (page: string): string => `runbooks/${page}.md`;
const link = (page: string): string => `[${page}](${runbook(page)})`;

/** Parts of the page by their marks. */
const parts: Readonly<Record<string, () => string>> = {
  "src/diagnose/causes": () =>
    markdownTable([
      ["cause", "title", "keys"],
      ...causes.map(({ id, title, keys }) => [link(id), title, keys.map((key) => `\`${key}\``).join(", ")]),
    ]),
  "src/diagnose/precedence.ts": () =>
    markdownTable([
      ["cause, the deepest first", "explains"],
      ...depth.map((id) => [link(id), (explains[id] ?? []).join(", ") || "-"]),
    ]),
  "src/diagnose/where.ts": () => matrixMarkdown(whereToLook(PLACES), runbook),
  "__tests__/diagnose/corpus": () => {
    const judged = readCorpus().map(judge);
    return `${sizeOf(judged)}.\n\n${confusionTable(judged)}`;
  },
};

export function readDiagnosePage(): string {
  return fs.readFileSync(FILE, "utf8");
}

/** The page with what the records and the corpus say now. */
export function diagnosePage(page: string): string {
  return Object.entries(parts).reduce((text, [source, part]) => {
    const mark = `<!-- made by npm run docs from ${source} -->\n`;
    const from = text.indexOf(mark);
    const to = text.indexOf("\n<!-- end -->", from);
    if (from < 0 || to < 0) throw new Error(`docs/diagnose.md has lost the marks of its part from ${source}`);
    return `${text.slice(0, from + mark.length)}\n${part()}\n${text.slice(to)}`;
  }, page);
}

export function writeDiagnosePage(): void {
  fs.writeFileSync(FILE, diagnosePage(readDiagnosePage()));
}
