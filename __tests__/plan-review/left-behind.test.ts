import { assess } from "../../src/plan-review/assess";
import { formatHtml } from "../../src/plan-review/format/html";
import { reviewJson } from "../../src/plan-review/format/json";
import { formatMarkdown } from "../../src/plan-review/format/markdown";
import { formatText } from "../../src/plan-review/format/text";
import { say } from "../../src/plan-review/model/phrase";
import { readFixture } from "./support";

const left = say`The ${"backup"} layer is no longer in the config; ${"npx octarine destroy dev/us-east-1 backup"} removes it.`;
const plan = readFixture("no-change");
const review = assess([plan], [], [left]);

test("what the config no longer has is told before anything else, in every form", () => {
  const words = "is no longer in the config";

  expect(formatText(review).split("\n").slice(0, 3)).toEqual([
    "! The backup layer is no longer in the config; npx octarine destroy dev/us-east-1 backup removes it.",
    "Nothing else changes.",
    "  no-change: no changes",
  ]);
  for (const text of [formatMarkdown(review), formatHtml(review)]) {
    expect(text).toContain(words);
    expect(text.indexOf(words)).toBeLessThan(text.indexOf("Nothing else changes."));
  }
  expect(JSON.parse(JSON.stringify(reviewJson(review)))).toMatchObject({
    leftBehind: [
      "The backup layer is no longer in the config; npx octarine destroy dev/us-east-1 backup removes it.",
    ],
  });
});

test("a review of files can't know it, and says so; one that looked for it and found nothing needs not", () => {
  expect(assess([plan]).blindSpots.join()).toContain("Stacks that the config no longer has");
  expect(assess([plan], [], []).blindSpots.join()).not.toContain("Stacks that the config no longer has");
  expect(formatText(assess([plan], [], []))).toMatch(/^Nothing changes\.$/m);
});
