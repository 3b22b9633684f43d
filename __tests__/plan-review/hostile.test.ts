import fc from "fast-check";
import { formatHtml } from "../../src/plan-review/format/html";
import { reviewJson } from "../../src/plan-review/format/json";
import { COMMENT_LIMIT, formatMarkdown } from "../../src/plan-review/format/markdown";
import { formatSarif } from "../../src/plan-review/format/sarif";
import { formatText } from "../../src/plan-review/format/text";
import type { Review } from "../../src/plan-review/model/change";
import { actions } from "../../src/plan-review/read/plan";
import { PlanError } from "../../src/terraform-plan/plan-error";
import { readPlan } from "../../src/plan-review/read/read-plan";
import { entry, planText, readFixture, reviewOf } from "./support";

const read = (text: string) => readPlan({ stack: "s", source: "plan.json", text });
const everyForm = (review: Review) => [
  formatText(review, { all: true }),
  formatMarkdown(review),
  formatHtml(review),
  JSON.stringify(reviewJson(review), null, 2),
  formatSarif(review, "0"),
];

const REMEDY = "give the output of terraform show -json PLANFILE";

test.each([
  ["an empty file", " \n", "plan.json is empty; write it with terraform show -json PLANFILE"],
  [
    "a binary plan",
    "PK\u0003\u0004",
    "plan.json is Terraform's binary plan; convert it in its stack's folder: terraform show -json PLANFILE > plan.json",
  ],
  [
    "UTF-16",
    '{\0"\0',
    "plan.json is not UTF-8 (Windows PowerShell's > writes UTF-16); write it with a shell that keeps bytes, or Out-File -Encoding utf8",
  ],
  [
    "a log",
    '{"@level":"info"}\n{"@level":"info"}',
    "plan.json is the log of terraform plan -json, line by line; use terraform plan -out=PLANFILE, then terraform show -json PLANFILE",
  ],
  ["a list", "[]", `plan.json is JSON, but no plan; ${REMEDY}`],
  ["a state file", '{"version":4,"lineage":"x"}', `plan.json is a state file; ${REMEDY}`],
  [
    "a shown state",
    '{"format_version":"1.0","values":{}}',
    `plan.json is terraform show -json of a state, not of a plan; ${REMEDY}`,
  ],
  ["any other JSON", "{}", `plan.json has no format_version, so it is not a plan; ${REMEDY}`],
  [
    "a format to come",
    '{"format_version":"2.0"}',
    'plan.json has plan format "2.0", and this reads 1.x; use Terraform 1.x, or a newer Octarine',
  ],
  [
    "a list that is none",
    '{"format_version":"1.2","resource_changes":{}}',
    "plan.json has resource_changes that is not a list; it is damaged; write it again",
  ],
  [
    "a change without actions",
    planText([{ address: "a", type: "t", change: {} }]),
    "plan.json has no change.actions in resource_changes[0]; it is damaged; write it again",
  ],
])("refuses %s in one line", (_, text, message) => {
  expect(() => read(text)).toThrow(
    new PlanError(
      "plan.json",
      message.replace(/^plan\.json /, "").split("; ")[0] ?? "",
      message.split("; ").slice(1).join("; "),
    ),
  );
  expect(() => read(text)).toThrow(message);
});

test("refuses a plan cut off anywhere, and quotes nothing of it", () => {
  const whole = planText([entry("aws_lb", { after: { secret: "hunter2" } })]);
  for (let end = 1; end < whole.length; end += 7) {
    try {
      read(whole.slice(0, end));
      throw new Error(`cut at ${end} was read`);
    } catch (error) {
      expect(error).toBeInstanceOf(PlanError);
      expect(String(error)).toMatch(/is not complete JSON/);
      expect(String(error)).not.toContain("hunter2");
    }
  }
});

test("refuses nesting that would exhaust the stack", () => {
  const deep = `${'{"a":'.repeat(200_000)}1${"}".repeat(200_000)}`;
  expect(() => read(`{"format_version":"1.2","resource_changes":[],"x":${deep}}`)).toThrow(PlanError);
});

const EVIL = [
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "</code></details><h1>owned</h1>",
  "```\n# owned\n```",
  "`` ` ``",
  "@everyone [x](javascript:alert(1)) ![](https://evil.example/x.png)",
  "| a | b |\n| --- | --- |",
  "\u001b[2J\u001b[31mred\u0007",
  "abc\u202Ecba",
  "::error::owned",
  "a\r\nb",
  "__proto__",
  "constructor",
  "\uD800",
];

test.each(EVIL)("a name of %j stays text in every form", (evil) => {
  const review = reviewOf(
    [
      entry("aws_s3_bucket", { before: { bucket: evil, [evil]: evil }, address: `aws_s3_bucket.${evil}` }),
      entry("aws_eip", {
        before: { tags: { [evil]: "1" } },
        after: { tags: { [evil]: evil } },
        address: evil,
      }),
      entry(evil, { before: { a: evil }, after: { a: "b" }, address: `${evil}.x` }),
      entry("aws_x", { actions: [evil], before: {}, after: {} }),
    ],
    { output_changes: { [evil]: { actions: ["update"] } } },
  );
  const html = formatHtml(review);
  expect(html).not.toMatch(/<script|<img|<h1>owned/);
  const markdown = formatMarkdown(review);
  const outside = markdown
    .replace(/^ *(`{3,})diff\n[\s\S]*?\n *\1$/gm, "")
    .replace(/<code>[\w .:/=&#;-]*<\/code>/g, "")
    .replace(/(?<!`)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, "");
  expect(outside).not.toMatch(/script>|<img|owned|javascript|@everyone/);
  for (const form of [formatText(review, { all: true }), markdown, html]) {
    expect(form).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E]/);
    expect(form).not.toMatch(/^::error/m);
  }
});

test("an address that is all dots and quotes keeps its place in JSON and SARIF", () => {
  const review = reviewOf([entry("aws_s3_bucket", { before: {}, address: 'a["x.y\\"]' })]);
  for (const form of [JSON.stringify(reviewJson(review), null, 2), formatSarif(review, "0")])
    expect(() => JSON.parse(form) as unknown).not.toThrow();
});

test("a plan of 5000 replacements fits a comment, and says how many it leaves out", () => {
  const many = Array.from({ length: 5000 }, (_, index) =>
    entry("aws_s3_bucket", {
      before: { bucket: `b-${index}-${"x".repeat(50)}` },
      address: `aws_s3_bucket.b[${index}]`,
    }),
  );
  const review = reviewOf(many);
  const comment = formatMarkdown(review);
  expect(comment.length).toBeLessThanOrEqual(COMMENT_LIMIT);
  expect(comment).toMatch(/and \d+ more/);
  expect(comment).toContain("Can't be undone (5000)");
  expect(formatMarkdown(review, { limit: 500 }).length).toBeLessThanOrEqual(500);
});

test("a bomb of YAML aliases and a policy made to be slow are compared all the same", () => {
  const bomb = `a0: &a0 [x,x,x,x,x,x,x,x,x]\n${Array.from({ length: 12 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i},`.repeat(9)}x]`).join("\n")}`;
  const stars = `${"*a".repeat(2000)}b`;
  const policy = (action: string) =>
    JSON.stringify({
      Statement: Array.from({ length: 200 }, () => ({ Effect: "Allow", Action: action, Resource: "*" })),
    });
  // Without their bounds neither would end.
  everyForm(
    reviewOf([
      entry("helm_release", {
        before: { values: ["a: 1"], chart: "x" },
        after: { values: [bomb], chart: "x" },
      }),
      entry("aws_iam_policy", {
        before: { policy: policy(stars) },
        after: { policy: policy("a".repeat(3000)) },
      }),
    ]),
  );
});

test("any JSON is refused or reviewed, never a crash", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      try {
        read(JSON.stringify(value));
      } catch (error) {
        expect(error).toBeInstanceOf(PlanError);
      }
    }),
  );
});

const types = [
  "aws_eks_cluster",
  "aws_eks_node_group",
  "aws_eks_addon",
  "aws_eks_access_policy_association",
  "aws_launch_template",
  "helm_release",
  "aws_security_group",
  "aws_security_group_rule",
  "aws_vpc_security_group_ingress_rule",
  "aws_iam_role_policy",
  "aws_iam_role",
  "aws_s3_bucket",
  "aws_s3_bucket_lifecycle_configuration",
  "aws_cloudwatch_log_group",
  "aws_network_acl",
  "aws_route",
  "aws_subnet",
];
const keys = [
  "name",
  "policy",
  "values",
  "ingress",
  "vpc_config",
  "scaling_config",
  "cidr_block",
  "tags",
  "version",
  "manifests",
];

test("no shape of before and after makes a rule fail", () => {
  const values = fc.dictionary(fc.constantFrom(...keys), fc.jsonValue({ maxDepth: 3 }));
  fc.assert(
    fc.property(
      fc.constantFrom(...types),
      fc.constantFrom(...actions),
      fc.oneof(values, fc.jsonValue()),
      fc.oneof(values, fc.jsonValue()),
      fc.jsonValue(),
      (type, action, before, after, unknown) => {
        const raw = action === "replace" ? ["delete", "create"] : [action];
        const review = reviewOf([entry(type, { actions: raw, before, after, unknown })]);
        expect(everyForm(review).join("\n")).not.toContain('"rule": "REVIEW-FAULT"');
      },
    ),
    { numRuns: 400 },
  );
});

test("a fixture with any value swapped for another is reviewed all the same", () => {
  const whole = JSON.stringify(
    readFixture("data-opened").changes.map(({ before, after, type, address }) => ({
      before,
      after,
      type,
      address,
    })),
  );
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.constantFrom("null", "0", "[]", "{}", '"x"'), (at, swap) => {
      const changed = whole.slice(0, at) + whole.slice(at).replace(/"[^"]*"(?=[,}\]])|true|false|\d+/, swap);
      let parsed: { before: unknown; after: unknown; type: string; address: string }[];
      try {
        parsed = JSON.parse(changed) as typeof parsed;
      } catch {
        return;
      }
      const text = planText(parsed.map((each) => entry(each.type, { ...each, actions: ["update"] })));
      try {
        expect(read(text).changes).toHaveLength(parsed.length);
      } catch (error) {
        expect(error).toBeInstanceOf(PlanError);
      }
    }),
  );
});
