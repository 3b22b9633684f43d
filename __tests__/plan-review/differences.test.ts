import fc from "fast-check";
import { compareValues } from "../../src/plan-review/diff/compare";
import { synthDiffMarkdown } from "../../src/plan-review/format/synth-diff-markdown";
import { formatSynthDiff } from "../../src/plan-review/format/synth-diff-text";
import { differenceStep } from "../../src/plan-review/format/wording";
import type { Json } from "../../src/terraform-plan/json";
import { matches } from "../../src/plan-review/rules/policy";
import { diffSynth, reviewSteps } from "../../src/plan-review/synth-diff";
import { entry, reviewOf } from "./support";

const lines = (before: Json, after: Json) =>
  compareValues(before, after).shown.map(
    ({ path, before: old, after: now }) => `${path}: ${old ?? ""} -> ${now ?? ""}`,
  );

test("values of a chart are compared as values, JSON or YAML, in any order of keys", () => {
  const before = { values: [JSON.stringify({ encryption: { enabled: false }, mtu: 1500 })] };
  const after = { values: ["mtu: 1500\nencryption:\n  enabled: true\n"] };
  expect(lines(before, after)).toEqual(["values: encryption.enabled: false -> true"]);
});

test("values of a chart are read around references, and beside values that are known after apply only", () => {
  const values = (mtu: number) =>
    `{"mtu":${mtu},"host":\${trimprefix(a.b, "https://")},"adminPassword":"hunter${mtu}"}`;
  const found = ["values: adminPassword: (secret) -> (secret)", "values: mtu: 1500 -> 9001"];
  expect(lines({ values: [values(1500)] }, { values: [values(9001)] })).toEqual(found);

  const plain = (mtu: number) => JSON.stringify({ mtu, adminPassword: `hunter${mtu}` });
  expect(lines({ values: [plain(1500), null] }, { values: [plain(9001), null] })).toEqual(
    found.map((line) => line.replace("values", "values[0]")),
  );
});

test("a secret is hidden in an add-on's YAML, among lines of a file and among options of a command", () => {
  const addon = (token: string) => ({ configuration_values: `env:\n  API_TOKEN: ${token}\n` });
  expect(lines(addon("hunter2"), addon("hunter3"))).toEqual([
    "configuration_values: env.API_TOKEN: (secret) -> (secret)",
  ]);
  const file = (password: string) => ({ data: `user:\n  password: ${password}\n` });
  expect(lines(file("hunter2"), file("hunter3"))).toEqual(["data: (secret) -> (secret)"]);
  expect(lines({ args: ["--log=a", "--token=hunter2"] }, { args: ["--log=a", "--token=hunter3"] })).toEqual([
    "args[1]: (secret) -> (secret)",
  ]);
});

test("an object put in front of a list is one addition, not a rewrite of the rest", () => {
  const object = (name: string) => ({ kind: "ConfigMap", metadata: { name }, data: { a: "1" } });
  const found = lines(
    { objects: [object("b"), object("c")] },
    { objects: [object("a"), object("b"), object("c")] },
  );
  expect(found.every((line) => line.startsWith("objects[ConfigMap a]"))).toBe(true);
});

test.each<[string, Json]>([
  ["by its name", { config: { adminPassword: "s3cret" } }],
  ["in a pair of name and value", { env: [{ name: "DB_PASSWORD", value: "s3cret" }] }],
  [
    "in a Secret",
    { manifest: { apiVersion: "v1", kind: "Secret", metadata: { name: "x" }, stringData: { a: "s3cret" } } },
  ],
  ["in chart values", { values: [JSON.stringify({ grafana: { apiToken: "s3cret" } })] }],
  ["by its look, an access key", { note: "AKIAABCDEFGHIJKLMNOP s3cret" }],
  ["by its look, a URL with a password", { url: "https://user:s3cret@example.com/" }],
  ["below a name that is secret", { credentials: { anything: ["s3cret"] } }],
])("a secret is hidden %s", (_, value) => {
  const found = lines({}, value);
  expect(found.join("\n")).toContain("(secret)");
  expect(found.join("\n")).not.toContain("s3cret");
});

test.each(["name", "key", "id"])(
  "no secret is the key of an item, in a list whose items have a %s",
  (key) => {
    const list = (note: string) => ({
      users: [
        { [key]: "AKIAABCDEFGHIJKLMNOP", note },
        { [key]: "b", note },
      ],
    });

    expect(lines(list("old"), list("new"))).toEqual([
      "users[0].note: old -> new",
      "users[1].note: old -> new",
    ]);
  },
);

test.each([
  [{ before: "a", after: "b" }, "a -> b"],
  [{ before: "a" }, "- a"],
  [{ after: "b" }, "+ b"],
])("a difference of %j is written %s", (sides, written) => {
  expect(differenceStep({ path: "x", kind: "changed", ...sides })).toBe(written);
});

test("what Terraform marks as sensitive is hidden, whole or in part", () => {
  const review = reviewOf([
    entry("aws_x", {
      before: { plain: "a", list: ["x", "hunter2"] },
      after: { plain: "b", list: ["x", "hunter3"], doc: '{"a":"hunter4"}' },
      change: {
        before_sensitive: { list: [false, true] },
        after_sensitive: { list: [false, true], doc: true },
      },
    }),
  ]);
  const shown = JSON.stringify(review.changes[0]?.differences);
  expect(shown).not.toContain("hunter");
  expect(shown).toContain('"after":"b"');
});

test("names, switches and references of secrets can be read", () => {
  expect(lines({}, { secretName: "tls", tokenEnabled: true, http_tokens: "required" })).toEqual([
    "http_tokens:  -> required",
    "secretName:  -> tls",
    "tokenEnabled:  -> true",
  ]);
});

test("equal values differ in nothing, and what is shown is never longer than a line or two", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
      const [x, y] = [
        JSON.parse(JSON.stringify({ a })) as Json,
        JSON.parse(JSON.stringify({ a: b })) as Json,
      ];
      expect(compareValues(x, x).shown).toEqual([]);
      for (const each of compareValues(x, y).shown) expect((each.after ?? "").length).toBeLessThan(400);
    }),
  );
});

describe("patterns of policies", () => {
  test.each([
    ["s3:*", "s3:GetObject", true],
    ["s3:Get*", "s3:*", false],
    ["*", "s3:*", true],
    ["s3:Get?bject", "s3:GetObject", true],
    ["s3:?", "s3:*", false],
    ["arn:aws:s3:::a/*", "arn:aws:s3:::a", false],
  ])("%s covers %s: %s", (pattern, inner, covered) => {
    expect(matches(pattern, inner)).toBe(covered);
  });
});

describe("differences of two syntheses", () => {
  const stack = (resource: Json): Json => ({
    "//": { cdktf: "x" },
    resource: { aws_subnet: { a: resource } },
  });
  const before = new Map([
    ["prod-network", stack({ cidr_block: "10.0.0.0/20", "//": { metadata: 1 } })],
    ["prod-gone", stack({})],
    ["prod-same", stack({ b: 1, a: 2 })],
  ]);
  const after = new Map([
    ["prod-network", stack({ cidr_block: "10.0.0.0/19", "//": { metadata: 2 } })],
    ["prod-new", stack({})],
    ["prod-same", stack({ a: 2, b: 1 })],
  ]);
  const diff = diffSynth(before, after);

  test("name stacks and blocks, and no order of keys", () => {
    expect(diff.map(({ stack: name, kind }) => `${kind} ${name}`)).toEqual([
      "removed prod-gone",
      "changed prod-network",
      "added prod-new",
    ]);
    expect(diff[1]?.blocks).toEqual([
      {
        address: "aws_subnet.a",
        kind: "changed",
        differences: [{ path: "cidr_block", kind: "changed", before: "10.0.0.0/20", after: "10.0.0.0/19" }],
        differencesLeftOut: 0,
      },
    ]);
  });

  test("are text of 100 columns that says what it can't see", () => {
    const text = formatSynthDiff(diff, reviewSteps(before, after));
    expect(text).toContain("      cidr_block: 10.0.0.0/20 -> 10.0.0.0/19");
    expect(text).toContain("What this can't see");
    expect(text.split("\n").every((line) => line.length <= 100)).toBe(true);
    expect(formatSynthDiff([], reviewSteps(before, before))).toMatch(/^No stack changes\./);
  });

  test("are a comment that nothing in them can break out of, and that is cut at its limit", () => {
    const comment = (old: ReadonlyMap<string, Json>, now: ReadonlyMap<string, Json>, limit?: number) =>
      synthDiffMarkdown(diffSynth(old, now), reviewSteps(old, now), limit);
    const hostile = [
      new Map([["s", stack({ a: "x" })]]),
      new Map([["s", stack({ a: "```\n</details>" })]]),
    ] as const;
    const long = new Map([...Array(500).keys()].map((each) => [`prod-${each}`, stack({ a: each })]));

    expect(comment(before, after)).toMatch(/^### Terraform: 3 stacks and \d+ blocks change\n/);
    expect(comment(...hostile)).toMatch(/\n(`{4,})diff\n[\s\S]*\n\1\n/);
    expect(comment(new Map(), long, 5000).length).toBeLessThan(7000);
    expect(comment(new Map(), long, 5000)).toMatch(/\nand [\d,]+ lines more: npx octarine diff\n```\n/);
    expect(comment(before, after)).not.toContain("more: npx octarine diff");
    expect(comment(before, before)).toBe("### Terraform: no stack changes");
  });
});
