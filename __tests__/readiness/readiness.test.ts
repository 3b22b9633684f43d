import path from "node:path";
import { loadFleet } from "../../src/fleet/load-fleet";
import type { Target } from "../../src/model/target";
import { isFailure } from "../../src/guardrails/waivers";
import { allItems, readiness, type ReadinessReport } from "../../src/readiness/readiness";
import { readinessMarkdown } from "../../src/readiness/readiness-markdown";
import { judge, targetInventory } from "../../src/synth/guard-targets";
import { aTarget } from "../support/fixtures";

const AS_OF = () => "2026-11-21";
const root = path.join(__dirname, "..", "..");
const samples = ["envs", path.join("examples", "envs")].flatMap(
  (dir) => loadFleet(path.join(root, dir)).targets,
);

function report(target: Target, asOf = AS_OF): ReadinessReport {
  const inventory = targetInventory(target);
  return readiness({ target, inventory, findings: judge(target, inventory, asOf).findings, asOf });
}

/** One item by its list and number. */
function item(target: Target, list: string, number: number, asOf = AS_OF) {
  const found = report(target, asOf).items.find((each) => each.list === list && each.number === number);
  if (found === undefined) throw new Error(`no item ${list} ${number}`);
  return found;
}

test("holds the thirty items of one checklist and the fourteen of the other, in their order", () => {
  const numbers = (list: string) => allItems.filter((each) => each.list === list).map(({ number }) => number);

  expect(numbers("networking")).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
  expect(numbers("enterprise")).toEqual(Array.from({ length: 14 }, (_, i) => i + 1));
});

test.each(samples.map((target) => [target.name, target] as const))(
  "judges every item of %s, and what it finds met has evidence",
  (_name, target) => {
    const { items, counts } = report(target);

    expect(items).toHaveLength(allItems.length);
    expect(Object.values(counts).reduce((sum, each) => sum + each)).toBe(allItems.length);
    expect(items.filter(({ says }) => says === "")).toEqual([]);
    const bare = items.filter(({ status, evidence }) => status === "met" && evidence.length === 0);
    // What a default decides stands in no file.
    expect(bare.map(({ list, number }) => `${list} ${number}`)).toEqual([]);
  },
);

test.each(samples.map((target) => [target.name, target] as const))(
  "%s breaks no guardrail without a waiver, and has no waiver without need",
  (_name, target) => {
    const { findings, unused, unknownRules } = judge(target, targetInventory(target), AS_OF);

    expect(
      findings
        // What only settings that the sample has not would need.
        .filter(({ rule }) => rule.id !== "REACH-WITHOUT")
        .filter((each) => isFailure(each) || (each.outcome === "violation" && each.status === "open")),
    ).toEqual([]);
    expect([...unused, ...unknownRules]).toEqual([]);
  },
);

describe("a decision", () => {
  const decided =
    'decisions: { ipv6: { choice: IPv4, why: no partner speaks IPv6, by: network-team, on: "2026-10-05", review: "2027-10-05" } }';

  test("that nobody wrote is needed, and the item says where", () => {
    expect(item(aTarget(), "enterprise", 14)).toMatchObject({
      status: "decision needed",
      says: expect.stringContaining("decisions.ipv6") as string,
    });
  });

  test("that is written makes the item met, with its line", () => {
    expect(item(aTarget(decided), "enterprise", 14)).toMatchObject({
      status: "met",
      evidence: ["target.yaml:1"],
    });
  });

  test("that was to be looked at again is needed again", () => {
    expect(item(aTarget(decided), "enterprise", 14, () => "2027-10-06").status).toBe("decision needed");
    expect(item(aTarget(decided), "enterprise", 14, () => "2027-10-05").status).toBe("met");
  });
});

test.each([
  [
    "a single NAT gateway in production",
    "network: { egress: { kind: nat-single, reason: saves money in a trial } }",
    "networking",
    8,
    "not met",
  ],
  ["no way out", "network: { egress: { kind: none } }", "networking", 22, "met"],
  [
    "no flow logs",
    "network: { flowLogs: { kind: none, reason: a trial without traffic } }",
    "networking",
    23,
    "not met",
  ],
  ["pods among nodes", "", "enterprise", 1, "not met"],
  ["pods in subnets of their own", "network: { subnets: { pods: { prefix: 19 } } }", "enterprise", 1, "met"],
  ["max pods left to the AMI", "nodes: { main: { maxPods: ami-default } }", "networking", 14, "not met"],
])("%s is judged for what it is", (_name, yaml, list, number, status) => {
  expect(item(aTarget(yaml, { environment: "prod" }), list, number).status).toBe(status);
});

test("the Markdown holds every item and can't be broken by what a target says", () => {
  const target = aTarget(
    'decisions: { ipv6: { choice: "<script>|x", why: no partner speaks IPv6, by: a-team, on: "2026-10-05", review: "2027-10-05" } }',
  );
  const text = readinessMarkdown(report(target));

  expect(text.split("\n").filter((line) => /^\| \d+ \|/.test(line))).toHaveLength(allItems.length);
  expect(text).not.toContain("<script>");
  expect(text).toContain("| # | Group | Item | Status | Why | Evidence |");
});
