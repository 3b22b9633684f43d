import { counted } from "../text/counted";
import { columns } from "../text/columns";
import { type Html, linesOf, xml } from "../text/html";
import { codeCell, escapeMarkdown, markdownTable } from "../text/markdown";
import { hideSecrets } from "../text/secrets";
import { type Checked, groups, type LiveCheck, type Outcome, runbookOf } from "./live-check";

export type State = Outcome["is"];
const states: readonly State[] = ["met", "not met", "not known"];

/** What `octarine verify --json` prints. Keys are stable; `format` rises if that ever has to change. */
export interface VerifyReport {
  readonly format: 1;
  readonly target: string;
  /** When, in UTC. */
  readonly at: string;
  readonly counts: Readonly<Record<State, number>>;
  readonly checks: readonly {
    readonly id: string;
    readonly group: string;
    readonly proves: string;
    readonly is: State;
    readonly says: readonly string[];
    readonly asks: readonly string[];
    readonly offline: string;
    readonly runbook: string;
  }[];
}

export function verifyReport(target: string, now: number, checked: readonly Checked[]): VerifyReport {
  const ordered = groups.flatMap((group) => checked.filter(({ check }) => check.group === group));
  const count = (state: State) => checked.filter(({ outcome }) => outcome.is === state).length;
  return {
    format: 1,
    target,
    at: new Date(now).toISOString(),
    counts: { met: count("met"), "not met": count("not met"), "not known": count("not known") },
    checks: ordered.map(({ check, outcome }) => ({
      id: check.id,
      group: check.group,
      proves: check.proves,
      is: outcome.is,
      says: outcome.says.map(hideSecrets),
      asks: check.asks,
      offline: check.offline,
      runbook: runbookOf(check),
    })),
  };
}

/** 0: all is met; 1: something is not met; 3: nothing is not met, and something is not known. 2 is wrong usage, as of every command. */
export function verifyExitCode({ counts }: VerifyReport): 0 | 1 | 3 {
  if (counts["not met"] > 0) return 1;
  return counts["not known"] > 0 ? 3 : 0;
}

const MARKS: Readonly<Record<State, string>> = { met: "ok", "not met": "FAIL", "not known": "?" };

/** A line for each check, the lines of what it found below it, and the verdict last. */
export function verifyText(report: VerifyReport): string {
  const lines = groups.flatMap((group) => {
    const own = report.checks.filter((each) => each.group === group);
    if (own.length === 0) return [];
    const heads = columns(own.map(({ is, id, proves }) => [`  ${MARKS[is]}`, id, proves]));
    return [
      group,
      ...own.flatMap(({ is, says, runbook }, index) => [
        ...heads.slice(index, index + 1),
        ...(is === "met" ? [] : says.map((line) => `         ${line}`)),
        ...(is === "not met" ? [`         see ${runbook}`] : []),
      ]),
    ];
  });
  return [...lines, verdict(report)].join("\n");
}

export function verdict({ target, checks, counts }: VerifyReport): string {
  const parts = states.flatMap((state) => (counts[state] === 0 ? [] : [`${counts[state]} ${state}`]));
  return `${target}: ${counted(checks.length, "check")}: ${parts.join(", ") || "none applies"}`;
}

export function verifyMarkdown(report: VerifyReport): string {
  const rows = report.checks.map(({ id, group, is, says }) => [
    codeCell(id),
    group,
    is,
    says.map(escapeMarkdown).join("<br>"),
  ]);
  return [
    `## ${escapeMarkdown(verdict(report))}`,
    "",
    `${report.at}`,
    "",
    markdownTable(["check", "of", "is", "what was seen"], rows),
  ].join("\n");
}

/** JUnit XML: a suite, and a case for each check. What is not known is skipped. */
export function verifyJunit(report: VerifyReport): string {
  const { counts, checks } = report;
  const cases = checks.map((each): Html => {
    const attributes = xml`classname="${each.group}" name="${each.id}"`;
    const said = each.says.join("\n");
    if (each.is === "not met")
      return xml`    <testcase ${attributes}><failure message="${each.proves}">${said}</failure></testcase>`;
    if (each.is === "not known")
      return xml`    <testcase ${attributes}><skipped message="${said}"/></testcase>`;
    return xml`    <testcase ${attributes}/>`;
  });
  return linesOf([
    xml`<?xml version="1.0" encoding="UTF-8"?>`,
    xml`<testsuites>`,
    xml`  <testsuite name="${report.target}" tests="${checks.length}" failures="${counts["not met"]}" skipped="${counts["not known"]}" timestamp="${report.at}">`,
    ...cases,
    xml`  </testsuite>`,
    xml`</testsuites>`,
  ]).markup;
}

/** Which checks there are for a target, or at all: id, group, what it proves. */
export function checkList(checks: readonly LiveCheck[]): string {
  return columns(checks.map(({ id, group, proves }) => [id, group, proves])).join("\n");
}
