import { compareVersions, inRange, minorOf, minorsBetween, VersionError } from "../../src/text/versions";

test.each([
  ["1.33", ">=1.30 <1.34", true],
  ["1.34", ">=1.30 <1.34", false],
  ["1.29", ">=1.30 <1.34", false],
  ["1.35", ">= 1.21.0-0", true],
  ["1.22", ">=v1.23.0-0", false],
  ["v1.22.3-eksbuild.1", ">=1.14.0 <1.22.4", true],
  ["v1.22.4-eksbuild.3", ">=1.14.0 <1.22.4", false],
  ["1.14.1", ">=1.9", true],
  ["1.8.2", ">1.8.2", false],
  ["1.8.2", "=1.8.2", true],
  ["1.8.2", "<=1.8.2, >1.8.1", true],
  ["1.10.0", ">=1.9", true],
  ["1.34.2", "~1.34", true],
  ["1.36.0", "^1.34.0 || ^2", true],
])("%s in %s: %s", (version, range, holds) => {
  expect(inRange(version, range)).toBe(holds);
});

test.each(["newest", ">=a", ">=1.2 <", ""])("refuses the range %j, which it can't read", (range) => {
  expect(() => inRange("1.2.3", range)).toThrow(VersionError);
});

test("compares numbers, not text", () => {
  expect(["v1.10.0", "1.9.3", "1.9"].sort(compareVersions)).toEqual(["1.9", "1.9.3", "v1.10.0"]);
});

test("the minor of a version is its first two numbers", () => {
  expect(["1.18.12", "v1.35.3-eksbuild.29", "1.33"].map(minorOf)).toEqual(["1.18", "1.35", "1.33"]);
});

test.each([
  ["1.27.9", "v1.29.6", 2],
  ["1.29.6", "1.27.9", -2],
  ["1.29.6", "1.29.0", 0],
  // No step is small from one major to another, whatever the minors.
  ["1.30.0", "2.0.0", Infinity],
  ["2.1.0", "1.1.0", -Infinity],
])("from %s to %s are %d minors", (from, to, minors) => {
  expect(minorsBetween(from, to)).toBe(minors);
});
