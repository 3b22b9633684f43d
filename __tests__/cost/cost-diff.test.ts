import { costChange, type ComparedEstimate } from "../../src/cost/cost-diff";
import { costChangeMarkdown, costChangeText, signed } from "../../src/cost/cost-diff-text";
import { constant } from "../../src/cost/cost-range";

type Line = ComparedEstimate["lines"][number];
const line = (section: Line["section"], item: string, usd?: number): Line => ({
  section,
  item,
  ...(usd !== undefined && { usd: constant(usd) }),
});
function estimate(target: string, lines: readonly Line[]): ComparedEstimate {
  const sum = lines.reduce((total, { usd }) => total + (usd?.expected ?? 0), 0);
  return {
    target,
    region: "us-east-1",
    total: constant(sum),
    complete: lines.every(({ usd }) => usd !== undefined),
    lines,
  };
}

const before = estimate("prod/us-east-1", [
  line("cluster", "control plane, standard support", 73),
  line("nodes", "group main: 3 to 9 × m7i.large", 220),
  line("egress", "1 × NAT gateway", 32.85),
]);
const after = estimate("prod/us-east-1", [
  line("cluster", "control plane, standard support", 73),
  line("nodes", "group main: 3 to 12 × m7i.xlarge", 440),
  line("egress", "3 × NAT gateway", 98.55),
  line("logs", "flow logs to S3", 5),
]);

test("matches a line though its count, its size or its types change, and leaves out what stays", () => {
  const [target] = costChange([before], [after]).targets;

  expect(target?.lines).toEqual([
    {
      before: "group main: 3 to 9 × m7i.large",
      after: "group main: 3 to 12 × m7i.xlarge",
      difference: constant(220),
    },
    { before: "1 × NAT gateway", after: "3 × NAT gateway", difference: constant(98.55 - 32.85) },
    { after: "flow logs to S3", difference: constant(5) },
  ]);
  expect(target?.kind).toBe("changed");
  expect(target?.difference.expected).toBeCloseTo(290.7);
});

test("adds up targets that come, go and change", () => {
  const { targets, difference } = costChange(
    [before, estimate("a/us-east-1", [line("cluster", "control plane, standard support", 73)])],
    [after, estimate("z/us-east-1", [line("cluster", "control plane, standard support", 73)])],
  );

  expect(targets.map(({ target, kind }) => [target, kind])).toEqual([
    ["a/us-east-1", "removed"],
    ["prod/us-east-1", "changed"],
    ["z/us-east-1", "added"],
  ]);
  expect(difference.expected).toBeCloseTo(290.7);
});

test("has no difference where a price is missing, and says whose", () => {
  const change = costChange([before], [estimate("prod/us-east-1", [line("egress", "3 × NAT gateway")])]);

  expect(change.complete).toBe(false);
  expect(change.targets[0]?.lines).toContainEqual({ before: "1 × NAT gateway", after: "3 × NAT gateway" });
  expect(costChangeText(change)).toContain("no price");
  expect(costChangeText(change)).toContain("Prices are missing for prod/us-east-1");
});

test("two equal estimates show no change", () => {
  const change = costChange([before], [before]);

  expect(change.targets[0]?.kind).toBe("same");
  expect(costChangeText(change)).toBe("nothing changes.");
  expect(costChangeMarkdown(change)).toBe("### Cost: nothing changes.");
});

test("reads in 100 columns, with the sum first", () => {
  const text = costChangeText(costChange([before], [after]));

  expect(text.split("\n").filter((each) => each.length > 100)).toEqual([]);
  expect(text.split("\n")[0]).toBe(
    "+290.70 USD a month now (325.85 to 616.55), +290.70 with the fewest nodes, +290.70 with the most.",
  );
});

test("reads in 100 columns with large sums, long names and many targets without a price", () => {
  const long = line("nodes", `group ${"x".repeat(90)}: 1 × m7i.large`, 1_000_000);
  const unpriced = Array.from({ length: 9 }, (_, index) =>
    estimate(`staging-${index}/ap-southeast-1`, [line("egress", "1 × NAT gateway")]),
  );
  const text = costChangeText(costChange([before], [estimate("prod/us-east-1", [long]), ...unpriced]));

  expect(text).toMatch(/^\+999,674\.15 USD a month now/);
  expect(text.replace(/\s+/g, " ")).toContain("staging-0/ap-southeast-1, staging-1/ap-southeast-1, ");
  expect(text).toContain("…");
  expect(text.split("\n").filter((each) => each.length > 100)).toEqual([]);
});

test("names from files stay text in a comment", () => {
  const hostile = estimate("x/<b>|*", [line("nodes", "group <img src=x>|: 1 × a", 1)]);
  const text = costChangeMarkdown(costChange([], [hostile]));

  expect(text).not.toMatch(/<img|<b>/);
  expect(
    text
      .split("\n")
      .find((each) => each.includes("img"))
      ?.match(/(?<!\\)\|/g),
  ).toHaveLength(5);
});

test.each([
  [12.3, "+12.30"],
  [-4, "-4.00"],
  [0.001, "0.00"],
])("%d is written %s", (usd, text) => {
  expect(signed(usd)).toBe(text);
});
