import { locatedReport } from "../../src/synth/target-report";
import { readPlanFiles } from "../../src/cli/check/plan-files";
import { codeQualityReport } from "../../src/guardrails/report/codequality";
import { junitReport } from "../../src/guardrails/report/junit";
import { jsonReport } from "../../src/guardrails/report/json";
import { markdownReport } from "../../src/guardrails/report/markdown";
import type { TargetReport } from "../../src/guardrails/report/located";
import { sarifReport } from "../../src/guardrails/report/sarif";
import { textReport } from "../../src/guardrails/report/text";
import { allRules } from "../../src/guardrails/rules/all-rules";
import type { Finding } from "../../src/guardrails/evaluate";
import { GuardrailError, judge, targetInventory } from "../../src/synth/guard-targets";
import { synthesize } from "../../src/synth/synthesize";
import { aFolder, aTarget } from "../support/fixtures";
import path from "node:path";

const OPEN = `
cluster:
  endpoint: { kind: restricted-public, cidrs: [198.51.100.0/24], reason: partners deploy from outside }
`;
const WAIVED = `${OPEN}waivers:
  - { rule: EKS-ENDPOINT-PUBLIC, at: cluster.endpoint, reason: until the VPN is there, owner: team, expires: "2027-01-31" }
`;
const HOSTILE = "<script>alert(1)</script>|`x`";

function reportOf(yaml: string, asOf = "2026-11-21", more: readonly Finding[] = []) {
  const target = aTarget(yaml);
  const judgement = judge(target, targetInventory(target), () => asOf);
  const findings = [...judgement.findings, ...more.map((each) => ({ ...each, status: "open" as const }))];
  return [locatedReport(target, () => asOf, { ...judgement, findings })];
}

const hostile = (): Finding => {
  const [rule] = allRules;
  if (rule === undefined) throw new Error("no rules");
  return {
    rule,
    outcome: "violation",
    severity: "error",
    stack: "s",
    address: HOSTILE,
    source: "plan",
    detail: HOSTILE,
  };
};

test("a finding points at the line of the configuration that decides it", () => {
  const found = reportOf(OPEN)[0]?.findings.find(({ rule }) => rule.id === "EKS-ENDPOINT-PUBLIC");

  expect(found).toMatchObject({ status: "open", place: { file: "target.yaml", line: 3 } });
});

test("SARIF 2.1.0 has the line, the address, and the waiver as a suppression", () => {
  const log = sarifReport(reportOf(WAIVED), allRules);
  const [run] = log.runs;
  const result = run?.results.find(({ ruleId }) => ruleId === "EKS-ENDPOINT-PUBLIC");

  expect(log.version).toBe("2.1.0");
  expect(run?.tool.driver.rules[result?.ruleIndex ?? -1]?.id).toBe("EKS-ENDPOINT-PUBLIC");
  expect(result?.suppressions).toMatchObject([{ kind: "external", status: "accepted" }]);
  expect(result?.locations).toMatchObject([
    {
      physicalLocation: { artifactLocation: { uri: "target.yaml" }, region: { startLine: 3 } },
      logicalLocations: [
        { fullyQualifiedName: "dev-us-east-1-cluster/module.cluster_eks.aws_eks_cluster.this[0]" },
      ],
    },
  ]);
});

test("SARIF recognizes a finding in other words, and tells apart two findings of one rule at one place", () => {
  const reports = (detail: string): readonly TargetReport[] =>
    reportOf(OPEN).map((report) => ({
      ...report,
      findings: report.findings.flatMap((finding) => [finding, finding]).map((each) => ({ ...each, detail })),
    }));
  const known = (detail: string) => {
    const [run] = sarifReport(reports(detail), allRules).runs;
    return (run?.results ?? []).map(({ partialFingerprints }) => Object.values(partialFingerprints).join());
  };

  expect(known("is said so")).toEqual(known("is said in other words"));
  expect(new Set(known("is said so")).size).toBe(known("is said so").length);
  expect(known("is said so")).toContain(
    "EKS-ENDPOINT-PUBLIC:dev/us-east-1:dev-us-east-1-cluster/module.cluster_eks.aws_eks_cluster.this[0]:2",
  );
});

test("text fits 100 columns except for addresses, and a waiver ends on its day", () => {
  const text = textReport(reportOf(WAIVED));

  expect(text).toContain("waived by team until 2027-01-31");
  expect(
    text.split("\n").filter((line) => line.length > 100 && line.split(" ").every((word) => word.length < 60)),
  ).toEqual([]);
  expect(textReport(reportOf(WAIVED, "2027-02-01"))).toContain("the waiver of team ended on 2027-01-31");
});

test("JUnit has a case for each rule, and only errors fail", () => {
  const xml = junitReport(reportOf(OPEN, "2026-11-21", [hostile()]), allRules);

  expect(xml.match(/<testcase /g)).toHaveLength(allRules.length);
  expect(xml.match(/<failure /g)).toHaveLength(1);
  expect(xml).not.toContain("<script>");
});

// gitlab-org/gitlab, app/validators/json_schemas/codeclimate.json
test("Code quality has what GitLab requires of each, and what is waived is none", () => {
  const [issue, ...others] = codeQualityReport(reportOf(OPEN)).filter((each) =>
    JSON.stringify(each).includes("EKS-ENDPOINT-PUBLIC"),
  );

  expect(others).toEqual([]);
  expect(issue).toMatchObject({
    check_name: "EKS-ENDPOINT-PUBLIC",
    description: expect.stringMatching(/^dev\/us-east-1: /) as unknown,
    fingerprint: expect.stringMatching(/./) as unknown,
    severity: expect.stringMatching(/^(critical|minor)$/) as unknown,
    location: { path: "target.yaml", lines: { begin: 3 } },
  });
  expect(JSON.stringify(codeQualityReport(reportOf(WAIVED)))).not.toContain("EKS-ENDPOINT-PUBLIC");
});

test("Markdown can't be broken by what a plan says", () => {
  const markdown = markdownReport(reportOf("", "2026-11-21", [hostile()]));
  const outsideCode = markdown.replaceAll(/(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)/g, "");

  expect(outsideCode).not.toContain("<script>");
});

test("JSON counts what it lists", () => {
  const [report] = jsonReport(reportOf(OPEN)) as {
    warnings: number;
    unknown: number;
    errors: number;
    waived: number;
    findings: object[];
  }[];

  expect(report && report.errors + report.warnings + report.unknown + report.waived).toBe(
    report?.findings.length,
  );
  expect(report?.warnings).toBe(1);
});

describe("synth", () => {
  const out = () => path.join(aFolder({ keep: "" }), "out");

  test("ends at a waiver that has expired, and writes nothing", () => {
    const fleet = { targets: [aTarget(WAIVED)] };

    expect(() => synthesize(fleet, out(), { asOf: () => "2027-02-01" })).toThrow(GuardrailError);
    expect(() => synthesize(fleet, out(), { asOf: () => "2027-01-31" })).not.toThrow();
  });
});

describe("plan files", () => {
  const read = (name: string, text: string) =>
    readPlanFiles([path.join(aFolder({ [name]: text }), name)], [aTarget()]);

  test("are told apart by the stack their file or folder is named after", () => {
    const [[target, plans] = []] = [
      ...read("dev-us-east-1-cni/plan.json", '{"format_version":"1.2","planned_values":{}}'),
    ];
    expect(target?.name).toBe("dev/us-east-1");
    expect(plans?.map(({ stack }) => stack)).toEqual(["dev-us-east-1-cni"]);
  });

  test.each([
    ["that are cut off", "p.json", '{"format_version":', "is not complete JSON"],
    ["that nest without end", "p.json", `${"[".repeat(20_000)}${"]".repeat(20_000)}`, "nested deeper than"],
    ["that are not there", "", "", "is not a file"],
  ])("%s are refused with what to do", (_name, name, text, message) => {
    expect(() => (name === "" ? readPlanFiles(["/nowhere/p.json"], [aTarget()]) : read(name, text))).toThrow(
      message,
    );
  });

  test("of an unknown target are refused", () => {
    const dir = aFolder({ "p.json": "{}" });
    expect(() =>
      readPlanFiles([path.join(dir, "p.json")], [aTarget(), aTarget("", { environment: "other" })]),
    ).toThrow("doesn't say which stack");
  });
});
