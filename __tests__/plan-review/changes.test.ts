import fs from "node:fs";
import path from "node:path";
import { assess } from "../../src/plan-review/assess";
import { formatMarkdown } from "../../src/plan-review/format/markdown";
import { readPlan } from "../../src/plan-review/read/read-plan";
import { changes } from "../../tools/plan-changes/changes";
import { wrongIn } from "../../tools/plan-changes/judge";

// One change of a config each, planned by the real Terraform 1.11.4 and the real registry modules against applied states, with the
// published schemas of the providers in place of an account: tools/plan-changes made them, and says what is true of each.
const folder = path.join(__dirname, "changes");
const planned = changes.filter(({ name }) => fs.existsSync(path.join(folder, `${name}.json`)));

function reviewed(name: string) {
  const plans = JSON.parse(fs.readFileSync(path.join(folder, `${name}.json`), "utf8")) as Record<
    string,
    object
  >;
  const texts = Object.entries(plans).map(([stack, plan]) => ({
    stack,
    source: `${stack}.json`,
    text: JSON.stringify(plan),
  }));
  const review = assess(texts.map(readPlan));
  return { ...review, markdown: formatMarkdown(review) };
}

describe("a change of one line is reported as what it is", () => {
  it.each(planned)("$name: $truth", (change) => {
    expect(wrongIn(change, reviewed(change.name))).toEqual([]);
  });

  it("has a plan of every change that is not refused", () => {
    const missing = changes.filter((change) => !planned.includes(change) && change.refused === undefined);
    expect(missing.map(({ name }) => name)).toEqual([]);
  });
});
