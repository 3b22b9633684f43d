import { dataAsOf } from "../../src/facts/as-of";
import { openPoints } from "../../src/report/open-points";
import { targetFacts } from "../../src/report/target-facts";
import { aTarget } from "../support/fixtures";

describe("what is open", () => {
  test("keeps together the zones in which the same fault is", () => {
    const target = aTarget();
    const { judged, capacity, cost } = targetFacts(target, {
      fleet: { targets: [target] },
      asOf: undefined,
      judgedOn: () => dataAsOf,
    });
    const [unknown] = judged.guardrails.findings;
    if (unknown === undefined) throw new Error("no finding");
    const broken = { ...unknown, outcome: "violation" as const, severity: "error" as const };
    const findings = ["a", "b", "c"].map((zone) => ({ ...broken, address: `aws_subnet.${zone}` }));
    const points = openPoints({
      target,
      judged: { ...judged, guardrails: { ...judged.guardrails, findings } },
      capacity,
      cost,
      warnings: [],
    });
    expect(points[0]?.places).toHaveLength(3);
    expect(points.filter(({ gravity }) => gravity === "error")).toHaveLength(1);
  });
});
