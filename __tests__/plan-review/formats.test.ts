import { assess } from "../../src/plan-review/assess";
import { formatHtml } from "../../src/plan-review/format/html";
import { reviewJson } from "../../src/plan-review/format/json";
import { formatMarkdown } from "../../src/plan-review/format/markdown";
import { synthDiffMarkdown } from "../../src/plan-review/format/synth-diff-markdown";
import { formatSynthDiff } from "../../src/plan-review/format/synth-diff-text";
import { formatText } from "../../src/plan-review/format/text";
import { words } from "../../src/plan-review/model/phrase";
import { readPlan } from "../../src/plan-review/read/read-plan";
import type { StackDiff } from "../../src/plan-review/synth-diff";
import { entry, planText, reviewOf } from "./support";

const planOf = (stack: string, entries: readonly object[]) =>
  readPlan({ stack, source: `${stack}.json`, text: planText(entries) });

const auditLog = entry("aws_cloudwatch_log_group", {
  before: { name: "audit", retention_in_days: 90 },
  address: "aws_cloudwatch_log_group.audit",
});
const parameter = entry("aws_ssm_parameter", {
  before: { name: "a", description: "one" },
  after: { name: "a", description: "two" },
});
const topic = entry("aws_sns_topic", { after: { name: "alerts" } });

/** Data that goes, a setting that changes, something new, and a stack in which nothing happens. */
const review = assess([
  planOf("network", [auditLog, parameter]),
  planOf("cluster", [topic]),
  planOf("nodes", []),
]);

describe("a terminal", () => {
  test("has the verdict, what each stack does, the worst first with its reason, and the rest by kind", () => {
    expect(formatText(review)).toBe(
      [
        "Stop, this can't be undone: deletes the log group audit.",
        "  network: 1 to update, 1 to delete; cluster: 1 to create; 1 stack without changes",
        "",
        "Can't be undone (1)",
        "-   aws_cloudwatch_log_group.audit in network",
        "    deletes the log group audit [DATA-LOST]",
        "      What is stored in it is gone; applying the old commit makes an empty one.",
        "",
        "No risk that the rules know of (2)",
        "  create aws_sns_topic (1): x",
        "  update aws_ssm_parameter (1): x",
        "",
        "What this review can't see: what AWS refuses at apply, values known only then, whether pods survive,",
        "what changed since the plan. Everything: --all.",
      ].join("\n"),
    );
  });

  test("of one stack says what it does even where that is nothing", () => {
    expect(formatText(assess([planOf("nodes", [])])).split("\n")[1]).toBe("  nodes: no changes");
  });
});

describe("a comment", () => {
  const lines = formatMarkdown(review).split("\n");

  test("begins with the mark by which a pipeline finds it, then heading, verdict and stacks", () => {
    expect(lines.slice(0, 6)).toEqual([
      "<!-- octarine-review -->",
      "## Plan review",
      "",
      "**Stop, this can't be undone: deletes the log group `audit`.** In all 1 to create, 1 to update, 1 to delete.",
      "",
      "`network` 1 to update, 1 to delete; `cluster` 1 to create; 1 stack without changes.",
    ]);
  });

  test("says of a finding what is in doubt about it, and of others nothing", () => {
    const [change] = review.changes;
    const [finding] = change?.findings ?? [];
    if (change === undefined || finding === undefined) throw new Error("the log group has no finding");
    const doubted = { ...change, findings: [{ ...finding, doubt: words("it may be kept") }] };

    expect(formatMarkdown({ ...review, changes: [doubted] })).toContain("    - _in doubt:_ it may be kept");
    expect(formatMarkdown({ ...review, changes: [change] })).not.toContain("in doubt");
  });

  test("folds what is no risk, with its differences, and what the review can't see", () => {
    const text = lines.join("\n");

    expect(text).toContain("<details><summary>No risk that the rules know of (2)</summary>");
    expect(text).toContain("```diff\n- description: one\n+ description: two\n```");
    expect(text).toContain("<details><summary>What this review can't see</summary>");
  });

  test("names twenty stacks, and counts the others", () => {
    const many = Array.from({ length: 23 }, (_, index) => planOf(`s${index}`, [topic]));
    const [stacks = ""] = formatMarkdown(assess(many)).split("\n").slice(5);

    expect(stacks).toMatch(/`s19` 1 to create; 3 more stacks\.$/);
    expect(stacks).not.toContain("`s20`");
  });

  test("tells twenty warnings, and counts the others", () => {
    const warned = (count: number) => ({
      ...review,
      warnings: Array.from({ length: count }, (_, index) => words(`warning ${index}`)),
    });

    expect(formatMarkdown(warned(22))).toContain("> **Note:** and 2 more");
    expect(formatMarkdown(warned(20))).not.toContain("> **Note:** and");
  });
});

describe("JSON", () => {
  test("tells findings once with their places, and leaves out what has none", () => {
    expect(reviewJson(review).told).toEqual([
      {
        findings: [
          {
            rule: "DATA-LOST",
            impact: "irreversible",
            what: "deletes the log group audit",
            why: "What is stored in it is gone; applying the old commit makes an empty one.",
            details: [],
          },
        ],
        changes: [{ stack: "network", address: "aws_cloudwatch_log_group.audit" }],
        follow: [],
      },
    ]);
  });

  test("has what is in doubt only of what is in doubt", () => {
    const [finding] = review.changes[0]?.findings ?? [];
    if (finding === undefined) throw new Error("the log group has no finding");
    const doubted = { ...finding, doubt: words("it may be kept") };
    const [change] = reviewJson({
      ...review,
      changes: review.changes.slice(0, 1).map((each) => ({ ...each, findings: [doubted, finding] })),
    }).changes;

    expect(change?.findings[0]).toMatchObject({ doubt: "it may be kept" });
    expect(change?.findings[1]).not.toHaveProperty("doubt");
  });

  test("is indented by two spaces", () => {
    expect(JSON.stringify(reviewJson(review), null, 2).split("\n").slice(0, 2)).toEqual([
      "{",
      '  "version": 1,',
    ]);
  });
});

describe("a page", () => {
  const drifted = assess([
    readPlan({
      stack: "network",
      source: "plan.json",
      text: planText([], {
        resource_drift: [entry("aws_ssm_parameter", { before: { value: "a" }, after: { value: "b" } })],
      }),
    }),
  ]);

  test("has a part for what was changed outside Terraform only where something was", () => {
    expect(formatHtml(drifted)).toContain("Changed outside Terraform (1)");
    expect(formatHtml(review)).not.toContain("Changed outside Terraform");
  });
});

describe("differences of two syntheses", () => {
  const quiet = reviewOf([]);
  const diff: readonly StackDiff[] = [
    {
      stack: "prod-network",
      kind: "changed",
      blocks: [
        {
          address: "aws_vpc.main",
          kind: "changed",
          differences: [{ path: "tags", kind: "changed", before: "a", after: "b" }],
          differencesLeftOut: 0,
        },
      ],
    },
  ];

  test("are told block by block below the review of the step, where the step does something", () => {
    expect(formatSynthDiff(diff, quiet).split("\n")[0]).toBe("~ prod-network (1 block)");
    expect(formatSynthDiff(diff, review)).toContain("\nBlock by block\n\n~ prod-network (1 block)");
  });

  test("have a verdict in a comment only where the step does something", () => {
    expect(synthDiffMarkdown(diff, quiet)).not.toContain("**");
    expect(synthDiffMarkdown(diff, review)).toContain("**Stop, this can't be undone: deletes the log group");
  });

  test("count even one line that a comment has no room for, and none where there is room", () => {
    const whole = synthDiffMarkdown(diff, quiet);
    const lines = formatSynthDiff(diff, quiet).split("\nWhat this can't see\n")[0]?.trimEnd() ?? "";

    expect(whole).not.toContain("more: npx octarine diff");
    expect(synthDiffMarkdown(diff, quiet, lines.length)).toContain("and 1 line more: npx octarine diff");
  });
});
