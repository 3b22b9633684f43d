import { z } from "zod";
import { formatSarif } from "../../src/plan-review/format/sarif";
import type { Review } from "../../src/plan-review/model/change";
import { fixtureNames, reviewFixture } from "./support";

const sarifResults = z.object({
  runs: z.array(
    z.object({ results: z.array(z.object({ partialFingerprints: z.record(z.string(), z.string()) })) }),
  ),
});

test.each(fixtureNames())(
  "SARIF knows the findings of %s again when they are said in other words",
  (name) => {
    const review = reviewFixture(name);
    const reworded = <T extends Review["changes"][number]>(change: T): T => ({
      ...change,
      findings: change.findings.map((each) => ({ ...each, what: ["said so"], why: "said so" })),
    });
    const known = (each: Review) =>
      sarifResults
        .parse(JSON.parse(formatSarif(each, "0.0.0")))
        .runs.flatMap(({ results }) => results.map(({ partialFingerprints }) => partialFingerprints));

    expect(
      known({ ...review, changes: review.changes.map(reworded), drift: review.drift.map(reworded) }),
    ).toEqual(known(review));
    expect(new Set(known(review).map((each) => JSON.stringify(each))).size).toBe(known(review).length);
  },
);
