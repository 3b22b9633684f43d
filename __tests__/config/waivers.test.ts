import { dataAsOf } from "../../src/facts/as-of";
import { ENVIRONMENT, NETWORK, problemsIn, problemsOf, warningsOf } from "../support/problems";

const waiver = (at: string, expires: string) =>
  `  - { rule: AWS-QUOTA, at: ${at}, reason: "raise is asked for: ticket 4711", owner: network-team, expires: "${expires}" }\n`;

/** A target with one finding that can be waived, and waivers. */
function aTargetWith(...waivers: readonly string[]): Record<string, string> {
  return {
    "dev/environment.yaml": ENVIRONMENT,
    "dev/us-east-1.yaml":
      `${NETWORK}capacity: { quotas: { vcpusOnDemand: 60, elasticIps: 2 } }\n` +
      (waivers.length > 0 ? `waivers:\n${waivers.join("")}` : ""),
  };
}

const FINDING = "is too low: 3 Elastic IP addresses in the region, 2 as given; ask AWS for more (AWS-QUOTA)";
const PROBLEM = `envs/dev/us-east-1.yaml:4:54  capacity.quotas.elasticIps: 2  ${FINDING}`;
const WARNING = `dev/us-east-1: capacity.quotas.elasticIps: ${FINDING}`;

test("without a waiver a finding is an error", () => {
  expect(problemsOf(aTargetWith())).toEqual([PROBLEM]);
});

test.each(["capacity.quotas.elasticIps", "capacity.quotas", "capacity"])(
  "a waiver at %s makes it a warning that says who, until when and why",
  (at) => {
    const files = aTargetWith(waiver(at, "2027-03-31"));

    expect(problemsOf(files, { asOf: "2027-01-01" })).toEqual([]);
    expect(warningsOf(files, { asOf: "2027-01-01" })).toEqual([
      `${WARNING}, waived by network-team until 2027-03-31: raise is asked for: ticket 4711`,
    ]);
  },
);

test.each(["capacity.quota", "capacity.quotas.elasticIp", "network"])(
  "a waiver at %s does not hold for it, and is said to be idle",
  (at) => {
    const files = aTargetWith(waiver(at, "2027-03-31"));

    expect(problemsOf(files)).toEqual([PROBLEM]);
    expect(warningsOf(files)).toEqual([
      `dev/us-east-1: the waiver of AWS-QUOTA at ${at} waives nothing; remove it`,
    ]);
  },
);

test("holds on its last day, and not on the next", () => {
  const files = aTargetWith(waiver("capacity", "2027-03-31"));

  expect(problemsOf(files, { asOf: "2027-03-31" })).toEqual([]);
  expect(problemsOf(files, { asOf: "2027-04-01" })).toEqual([
    `${PROBLEM}; the waiver of network-team ended on 2027-03-31`,
  ]);
});

test("without a day it says that nobody compared", () => {
  expect(warningsOf(aTargetWith(waiver("capacity", "2027-03-31")))).toEqual([
    `${WARNING}, waived by network-team until 2027-03-31 (not compared with today; --as-of <day> does): raise is asked for: ticket 4711`,
  ]);
});

test("without a day one that ended before the data were collected has ended", () => {
  expect(problemsOf(aTargetWith(waiver("capacity", dataAsOf)))).toEqual([]);
  expect(problemsOf(aTargetWith(waiver("capacity", "2026-11-20")))).toEqual([
    `${PROBLEM}; the waiver of network-team ended on 2026-11-20`,
  ]);
});

test("a renewal may stand beside the old one", () => {
  const files = aTargetWith(waiver("capacity", "2027-03-31"), waiver("capacity", "2027-09-30"));

  expect(problemsOf(files, { asOf: "2027-06-01" })).toEqual([]);
});

test("what has no rule can't be waived", () => {
  const text = `${NETWORK}cluster: { serviceCidr: 10.0.128.0/20 }\nwaivers:\n${waiver("cluster", "2027-03-31")}`;

  expect(problemsIn(text)).toHaveLength(1);
});

test.each([
  ["rule: ip", "waivers[0].rule: ip  is no rule; write for example IP-CAPACITY-SUBNET"],
  ["reason: short", "waivers[0].reason: short  is too short for a reason; write one a reviewer can judge"],
  ["owner: x", "waivers[0].owner: x  is no owner; write the team or person who answers for it"],
  [
    "expires: 2027-02-30",
    "waivers[0].expires: 2027-02-30  is no day; write YYYY-MM-DD, for example 2027-03-31",
  ],
])("refuses %s", (wrong, message) => {
  const right = {
    rule: "AWS-QUOTA",
    at: "capacity",
    reason: "ticket NET-42 is open",
    owner: "network",
    expires: "2027-02-28",
  };
  const [key = ""] = wrong.split(":");
  const fields = Object.entries(right).map(([name, value]) => (name === key ? wrong : `${name}: ${value}`));

  expect(problemsIn(`${NETWORK}waivers: [{ ${fields.join(", ")} }]\n`)).toEqual([
    expect.stringContaining(message),
  ]);
});
