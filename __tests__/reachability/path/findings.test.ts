import type { Need } from "../../../src/reachability/needs/need";
import { flowFindings } from "../../../src/reachability/path/findings";
import type { JudgedNeed } from "../../../src/reachability/path/judge-needs";

const need: Need = {
  kind: "API server",
  from: { kind: "nodes" },
  to: { kind: "api-server" },
  port: 443,
  protocol: "TCP",
  why: "nodes join",
  source: "test",
};
const judged = (verdict: JudgedNeed["verdict"]): JudgedNeed => ({ need, hops: [], verdict });
const found = (...all: readonly JudgedNeed[]) => flowFindings(all, () => undefined, "prod-network");

test("a need that is met is no finding; those that are denied or undecided are, each kind once", () => {
  expect(found(judged("allowed"))).toEqual([]);
  expect(
    found(judged("denied"), judged("allowed"), judged("denied"), judged("undecided")).map(
      ({ stack, attributes }) => [stack, attributes.verdict],
    ),
  ).toEqual([
    ["prod-network", "denied"],
    ["prod-network", "undecided"],
  ]);
});
