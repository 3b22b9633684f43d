import { readFleet } from "../../src/fleet/load-fleet";
import { fleetWarnings } from "../../src/fleet/warnings";
import { dataAsOf } from "../../src/facts/as-of";
import { aFolder } from "../support/fixtures";
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
  "a waiver at %s makes it a warning with owner, last day and reason",
  (at) => {
    const files = aTargetWith(waiver(at, "2027-03-31"));

    expect(problemsOf(files, { asOf: "2027-01-01" })).toEqual([]);
    expect(warningsOf(files, { asOf: "2027-01-01" })).toEqual([
      `${WARNING}, waived by network-team until 2027-03-31: raise is asked for: ticket 4711`,
    ]);
  },
);

test.each(["capacity.quota", "capacity.quotas.elasticIp", "network"])(
  "a waiver at %s does not apply, and is reported as idle",
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

test("a problem without a rule can't be waived", () => {
  const text = `${NETWORK}cluster: { serviceCidr: 10.0.128.0/20 }\nwaivers:\n${waiver("cluster", "2027-03-31")}`;

  expect(problemsIn(text)).toHaveLength(1);
});

test.each([
  ["rule: ip", "waivers[0].rule: ip  is not a rule; write for example IP-CAPACITY-SUBNET"],
  ["reason: short", "waivers[0].reason: short  is too short for a reason; write one a reviewer can judge"],
  ["owner: x", "waivers[0].owner: x  is too short for an owner; write the team or person who answers for it"],
  [
    "expires: 2027-02-30",
    "waivers[0].expires: 2027-02-30  is not a day; write YYYY-MM-DD, for example 2027-03-31",
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

describe("a warning", () => {
  const DOCKER = NETWORK.replace("10.0.0.0/16", "172.17.0.0/16");
  const acknowledged = (rule: string, at: string, expires = "2027-03-31") =>
    `  - { rule: ${rule}, at: ${at}, reason: "checked by us: ticket 4712", owner: platform-team, expires: "${expires}" }\n`;
  const target = (waivers: string, cni = "cilium-eni") => ({
    "dev/environment.yaml": `${ENVIRONMENT}waivers:\n${waivers}`,
    "dev/us-east-1.yaml": `${NETWORK}cni: { kind: ${cni} }\n`,
  });
  const told = (files: Readonly<Record<string, string>>, asOf: string) => {
    const dir = aFolder(files);
    return fleetWarnings(readFleet(dir).fleet, { asOf });
  };

  test.each([
    ["PIN-UNVERIFIED", "versions", "release 2026.11 has unverified pins"],
    ["VERSION-FAULT", "versions.cilium", "release 2026.11, cilium "],
    ["NODES-FIXED-SIZE", "nodes", "nodes: a managed group keeps its first size"],
  ])("is acknowledged by a waiver of %s at %s until its last day", (rule, at, start) => {
    const isTold = (lines: readonly string[]) => lines.some((line) => line.startsWith(start));

    expect(isTold(told(target(acknowledged("AWS-QUOTA", "capacity")), "2027-03-31"))).toBe(true);
    expect(isTold(told(target(acknowledged(rule, at)), "2027-03-31"))).toBe(false);
    expect(told(target(acknowledged(rule, at)), "2027-04-01")).toContainEqual(
      expect.stringMatching(new RegExp(`^${start}.*; the waiver of platform-team ended on 2027-03-31`)),
    );
  });

  test("about another component is shown all the same", () => {
    const lines = told(target(acknowledged("PIN-UNVERIFIED", "versions.vpc-cni")), "2027-01-01");

    expect(lines).toContainEqual(expect.stringMatching(/^release 2026.11 has unverified pins/));
    expect(lines).toContain(
      "dev/us-east-1: the waiver of PIN-UNVERIFIED at versions.vpc-cni waives nothing; remove it",
    );
  });

  test("in a layer that several targets share is idle only where none of them needs it", () => {
    const files = {
      ...target(acknowledged("VERSION-FAULT", "versions.cilium")),
      "dev/us-west-2.yaml": `${NETWORK.replaceAll("us-east-1", "us-west-2").replace("10.0.0.0", "10.1.0.0")}cni: { kind: vpc-cni }\n`,
    };

    expect(told(files, "2027-01-01").filter((line) => line.includes("waives nothing"))).toEqual([]);
  });

  test("that a waiver acknowledged is shown again when the waiver has ended, as for checks", () => {
    const files = (expires: string) => ({
      "dev/environment.yaml": ENVIRONMENT,
      "dev/us-east-1.yaml": `${DOCKER}waivers:\n${acknowledged("VPC-DOCKER-RANGE", "network", expires)}`,
    });
    const docker = (expires: string) =>
      told(files(expires), "2027-02-01").filter((line) => line.includes("VPC-DOCKER-RANGE"));

    expect(docker("2027-03-31")).toEqual([]);
    expect(told({ ...files("2027-03-31"), "dev/us-east-1.yaml": DOCKER }, "2027-02-01")).toContainEqual(
      expect.stringMatching(/^dev\/us-east-1: network\.vpcCidr: .* \(waiver: VPC-DOCKER-RANGE\)$/),
    );
    expect(docker("2027-01-31")).toEqual([
      expect.stringMatching(/; the waiver of platform-team ended on 2027-01-31$/),
    ]);
  });
});
