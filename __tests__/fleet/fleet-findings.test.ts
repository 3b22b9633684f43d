import type { FleetCheck, TargetCheck } from "../../src/checks/finding";
import { fleetChecks, targetChecks } from "../../src/checks/checks";
import { findingsBy } from "../../src/fleet/fleet-findings";
import { readFleet } from "../../src/fleet/load-fleet";
import { ENVIRONMENT, NETWORK } from "../support/problems";
import { aFolder } from "../support/fixtures";

const { fleet } = readFleet(aFolder({ "dev/environment.yaml": ENVIRONMENT, "dev/us-east-1.yaml": NETWORK }));
const other: TargetCheck = () => [{ path: ["network"], message: "is seen by another check" }];

test("a check of a target that throws is a problem, and hides no other", () => {
  const broken: TargetCheck = () => {
    throw new Error("no pods with prefix");
  };
  const found = findingsBy(fleet, { ofTarget: [broken, other], ofFleet: [] });

  expect(found.map(({ finding }) => finding.message)).toEqual([
    "can't be checked by broken: no pods with prefix; fix the other problems first, and report this one if it stays (a fault in Octarine)",
    "is seen by another check",
  ]);
});

test("a check of the fleet that throws is a problem, too", () => {
  const brokenFleet: FleetCheck = () => {
    throw new TypeError("undefined is not iterable");
  };
  const found = findingsBy(fleet, { ofTarget: [other], ofFleet: [brokenFleet] });

  expect(found.map(({ finding }) => finding.message)).toEqual([
    "is seen by another check",
    expect.stringMatching(/^can't be checked by brokenFleet: undefined is not iterable/),
  ]);
});

test("every check has a name", () => {
  const names = [...targetChecks, ...fleetChecks].map(({ name }) => name);

  expect(names.every((name) => /^\w+Check(Of)?$/.test(name))).toBe(true);
});
