import { describeError, exitCodeOf, UsageError } from "../../src/cli/report-error";
import { ExpectedError, Fault } from "../../src/text/errors";
import { PlanError } from "../../src/terraform-plan/plan-error";
import { CidrError } from "../../src/ip-capacity/cidr";
import { VersionError } from "../../src/text/versions";

test.each([
  ["something to mend", new ExpectedError("x is missing"), "user", 1],
  ["wrong usage", new UsageError("no such target"), "user", 2],
  ["a file that is not a plan", new PlanError("a.json", "is empty", "write it again"), "user", 2],
  ["a range that is not one", new CidrError("is not a CIDR"), "user", 1],
  ["a fault", new Fault("no record"), "fault", 1],
  ["a version that a check let through", new VersionError("x is not a version"), "fault", 1],
])("%s is told as what it is, and never with a stack trace", (_, error, kind, code) => {
  expect([error.kind, exitCodeOf(error)]).toEqual([kind, code]);
  expect(describeError(error).includes("please report it")).toBe(kind === "fault");
  expect(describeError(error)).toContain(error.message);
  expect(describeError(error)).not.toMatch(/\n\s+at /);
});

test("what nobody foresaw is a fault of ours and says how to report it", () => {
  expect(describeError(new TypeError("x is undefined"))).toBe(
    "internal error: x is undefined (a fault in Octarine; please report it with what OCTARINE_DEBUG=1 shows)",
  );
  expect(exitCodeOf("thrown text")).toBe(1);
});
