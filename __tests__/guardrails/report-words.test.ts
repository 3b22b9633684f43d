import { markdownReport } from "../../src/guardrails/report/markdown";
import { textReport } from "../../src/guardrails/report/text";
import { judge, targetInventory } from "../../src/synth/guard-targets";
import { locatedReport } from "../../src/synth/target-report";
import { aTarget } from "../support/fixtures";

const OPEN = `
cluster:
  endpoint: { kind: restricted-public, cidrs: [198.51.100.0/24], reason: partners deploy from outside }
`;
const waiver = (rule: string, at: string) =>
  `waivers: [{ rule: ${rule}, at: ${at}, reason: until the VPN is there, owner: team, expires: "2027-01-31" }]\n`;
const WAIVED = OPEN + waiver("EKS-ENDPOINT-PUBLIC", "cluster.endpoint");
const IDLE = waiver("EKS-ENDPOINT-PUBLIC", "cluster.endpoint");

function reports(yaml: string, asOf = "2026-11-21") {
  const target = aTarget(yaml);
  return [
    locatedReport(
      target,
      () => asOf,
      judge(target, targetInventory(target), () => asOf),
    ),
  ];
}

/** The row of a rule in the comment, cell by cell. */
const row = (yaml: string, rule: string, asOf?: string) =>
  markdownReport(reports(yaml, asOf))
    .split("\n")
    .map((line) => line.split(" | ").map((cell) => cell.replace(/^\| | \|$/g, "").trim()))
    .find((cells) => cells[1] === rule);
/** The lines of a rule on a terminal, as one. */
const lines = (yaml: string, rule: string, asOf?: string) =>
  (
    /\n( {2}\w+ {2}RULE .*\n(?: {4}.*\n?)+)/.exec(
      `\n${textReport(reports(yaml, asOf)).replaceAll(` ${rule} `, " RULE ")}\n`,
    )?.[1] ?? ""
  ).replace(/\s+/g, " ");

describe("a finding that is open", () => {
  test("has its level, the line of the config, the place and the remedy in a comment", () => {
    expect(row(OPEN, "EKS-ENDPOINT-PUBLIC")).toEqual([
      "warning",
      "EKS-ENDPOINT-PUBLIC",
      expect.stringMatching(/^target\.yaml:3<br>`dev-us-east-1-cluster\/module\.cluster_eks\./) as string,
      expect.stringMatching(/; \S/) as string,
    ]);
  });

  test("has the same on a terminal", () => {
    expect(lines(OPEN, "EKS-ENDPOINT-PUBLIC")).toMatch(
      /^ warning RULE target\.yaml:3 dev-us-east-1-cluster\/module\.cluster_eks\.\S+ .+; \S/,
    );
  });
});

describe("a finding that is waived", () => {
  test("has who, until when and why in place of the remedy, in a comment and on a terminal", () => {
    const [level, , , what] = row(WAIVED, "EKS-ENDPOINT-PUBLIC") ?? [];

    expect(level).toBe("waived");
    expect(what).toMatch(/; waived by team until 2027-01-31: until the VPN is there$/);
    expect(lines(WAIVED, "EKS-ENDPOINT-PUBLIC")).toMatch(
      /^ waived RULE .+; waived by team until 2027-01-31: until the VPN is there/,
    );
  });

  test("is an error after the waiver's last day, with its remedy", () => {
    const [level, , , what] = row(WAIVED, "EKS-ENDPOINT-PUBLIC", "2027-02-01") ?? [];

    expect(level).toBe("error");
    expect(what).toMatch(/; the waiver of team ended on 2027-01-31; \S/);
  });
});

test("a waiver that waives nothing is to be removed, with its line on a terminal", () => {
  expect(markdownReport(reports(IDLE))).toContain(
    "- Waiver of EKS-ENDPOINT-PUBLIC at cluster.endpoint is not needed; remove it.",
  );
  expect(textReport(reports(IDLE))).toMatch(
    / {2}target\.yaml:\d+ {2}waiver of EKS-ENDPOINT-PUBLIC at cluster\.endpoint is not needed; remove it/,
  );
});

test("a waiver of an unknown rule is told where rules are listed", () => {
  expect(markdownReport(reports(waiver("EKS-ENDPOINT-PUBLISH", "cluster.endpoint")))).toContain(
    "- Waiver of EKS-ENDPOINT-PUBLISH at cluster.endpoint names no rule; see docs/guardrails.md.",
  );
});

test("the first line counts one and many as people do, with the day", () => {
  expect(textReport(reports(OPEN)).split("\n")[0]).toMatch(
    /^dev\/us-east-1 {2}0 errors, 1 warning, \d+ waived, \d+ not decidable yet \(\d+ rules, as of 2026-11-21\)$/,
  );
  expect(textReport(reports(WAIVED, "2027-02-01")).split("\n")[0]).toContain("1 error, 0 warnings");
});

test("what only a plan can decide comes last, one line a rule, and is folded in a comment", () => {
  const [report] = reports("");
  const unknown = report?.findings.filter(({ outcome }) => outcome === "unknown") ?? [];
  const rules = new Set(unknown.map(({ rule }) => rule.id));
  const shown = textReport(report === undefined ? [] : [report])
    .split("\n")
    .filter((line) => line.startsWith("  not decidable yet  "));

  expect(shown).toHaveLength(rules.size);
  if (unknown.length > 0)
    expect(markdownReport(report === undefined ? [] : [report])).toContain(
      `<details><summary>${unknown.length} not decidable yet</summary>`,
    );
});
