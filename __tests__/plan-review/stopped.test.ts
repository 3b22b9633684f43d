import { assess } from "../../src/plan-review/assess";
import { formatMarkdown } from "../../src/plan-review/format/markdown";
import { formatText } from "../../src/plan-review/format/text";
import { readFixture } from "./support";

const whole = readFixture("no-change");
const stopped = {
  ...whole,
  errored: true,
  failedChecks: [
    { address: "terraform_data.workspace", problems: ["EKS keeps a control plane in its zones."] },
  ],
};

test("a plan that was refused is not reported as one without changes", () => {
  for (const text of [formatText(assess([stopped])), formatMarkdown(assess([stopped]))]) {
    expect(text).toContain("Not known: planning stopped at an error in");
    expect(text).not.toContain("Nothing changes.");
    expect(text).toContain("EKS keeps a control plane in its zones.");
  }
});

test("a plan that finished is", () => {
  expect(formatText(assess([whole]))).toContain("Nothing changes.");
});
