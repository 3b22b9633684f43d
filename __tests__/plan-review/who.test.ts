import { assess } from "../../src/plan-review/assess";
import { reviewJson } from "../../src/plan-review/format/json";
import { formatMarkdown } from "../../src/plan-review/format/markdown";
import { formatText } from "../../src/plan-review/format/text";
import { flat } from "../../src/plan-review/model/phrase";
import { readPlan } from "../../src/plan-review/read/read-plan";
import { entriesOf } from "../../src/plan-review/story/entries";
import { entry, findingsOf, planText, reviewOf } from "./support";

describe("nine keys and one line of YAML", () => {
  const arn = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
  const policy = (...names: string[]) =>
    JSON.stringify({
      Statement: [
        {
          Sid: "Admins",
          Effect: "Allow",
          Principal: { AWS: names.map(arn) },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    });
  const plans = ["network", "cluster"].map((stack, n) =>
    readPlan({
      stack: `prod-${stack}`,
      source: `${stack}.json`,
      text: planText(
        Array.from({ length: 4 + n }, (_, i) => [
          entry("aws_kms_key", {
            before: {
              key_id: `k${n}${i}`,
              arn: `arn:aws:kms:us-east-1:111122223333:key/k${n}${i}`,
              policy: policy("Security"),
            },
            after: { key_id: `k${n}${i}`, policy: policy("Security", "Auditor") },
            address: `aws_kms_key.${i}`,
          }),
          entry("aws_kms_alias", {
            actions: ["no-op"],
            before: { name: `alias/${stack}-${i}`, target_key_id: `k${n}${i}` },
            after: { name: `alias/${stack}-${i}`, target_key_id: `k${n}${i}` },
            address: `aws_kms_alias.${i}`,
          }),
        ]).flat(),
      ),
    }),
  );
  const review = assess(plans);

  test("are one finding, of whom the change adds, with the keys by alias", () => {
    const [only, ...rest] = entriesOf(review.changes);

    expect(rest).toEqual([]);
    expect(only?.changes).toHaveLength(9);
    expect(flat(only?.findings[0]?.what ?? [])).toBe("widens the policy of 9 keys for role Auditor by kms:*");
    expect(only?.findings[0]?.details.map(flat).join("\n")).toContain("alias/network-0");
  });

  test.each([
    ["Markdown", formatMarkdown(review)],
    ["text", formatText(review, { all: true })],
  ])("say nothing of who had it already, in %s", (_, form) => {
    expect(form).toContain("Auditor");
    expect(form).not.toContain('Security"');
    expect(form).not.toMatch(/role\/Security/);
  });

  test("are one thing that is told in JSON, and nine changes", () => {
    const json = JSON.parse(JSON.stringify(reviewJson(review))) as {
      told: { changes: unknown[] }[];
      changes: unknown[];
    };
    expect(json.told.map(({ changes }) => changes.length)).toEqual([9]);
    expect(json.changes).toHaveLength(9);
  });
});

test("a role that only gets another name widens nothing", () => {
  const trust = (name: string) =>
    JSON.stringify({
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: `arn:aws:iam::111122223333:role/${name}` },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    });
  const key = entry("aws_kms_key", {
    before: { id: "k1", policy: trust("old-operator") },
    after: { id: "k1", policy: trust("new-operator") },
  });
  const role = entry("aws_iam_role", {
    actions: ["create", "delete"],
    before: { name: "old-operator", arn: "arn:aws:iam::111122223333:role/old-operator" },
    after: { name: "new-operator" },
  });

  expect(findingsOf(reviewOf([role, key]))).toEqual(["IAM-LOST replaces the role old-operator"]);
  expect(findingsOf(reviewOf([key]))).toContain(
    "IAM-WIDENED widens the policy of the key k1 for role new-operator of account 111122223333 by kms:*",
  );
});

test("a first policy of an endpoint narrows what everybody could do through it", () => {
  const policy = JSON.stringify({
    Statement: [
      {
        Effect: "Allow",
        Principal: "*",
        Action: "*",
        Resource: "*",
        Condition: { StringEquals: { a: "1" } },
      },
    ],
  });
  const review = reviewOf([
    entry("aws_vpc_endpoint", { before: { id: "vpce-1" }, after: { id: "vpce-1", policy } }),
  ]);

  expect(findingsOf(review)).toEqual(["IAM-NARROWED narrows the policy vpce-1"]);
});
