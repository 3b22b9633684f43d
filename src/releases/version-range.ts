import { Fault } from "../text/errors";

/** A version or range that no rule of ours reads. A fault of our data, or of a config that its schema let through. */
export class VersionError extends Fault {}

type Numbers = readonly [number, number, number];

/**
 * `1.35`, `1.18.12`, `v1.21.1` or `v1.22.4-eksbuild.3`, its first three numbers; what is missing counts as 0 and what
 * follows a dash as nothing.
 *
 * @throws VersionError
 */
export function parseVersion(text: string): Numbers {
  const [, major, minor = "0", patch = "0"] =
    /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-[\w.-]+)?$/.exec(text) ?? [];
  if (major === undefined) throw new VersionError(`${text} is not a version`);
  return [Number(major), Number(minor), Number(patch)];
}

/** Negative, 0 or positive, as for `Array.sort`. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [parseVersion(a), parseVersion(b)];
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
}

/**
 * Whether a version is in a range as Helm writes it: `>=1.30 <1.34`, `>= 1.21.0-0`, `>=v1.23.0-0`; all comparisons must
 * hold. `-0`, by which Helm lets pre-releases in, changes nothing here.
 *
 * @throws VersionError for other ways of writing a range (`^`, `~`, `||`)
 */
export function inRange(version: string, range: string): boolean {
  const comparisons = [...range.matchAll(/(>=|<=|>|<|=)\s*([^\s,]+)/g)];
  const read = comparisons.map(([whole]) => whole.replace(/\s/g, "")).join("");
  if (comparisons.length === 0 || read !== range.replace(/[\s,]/g, "")) {
    throw new VersionError(`${range} is not a range of versions`);
  }
  return comparisons.every(([, operator = "", bound = ""]) => {
    const order = compareVersions(version, bound);
    return order === 0 ? operator.includes("=") : operator.startsWith(order > 0 ? ">" : "<");
  });
}

/** Minors from one version up to another, negative downwards; from one major to another without end: nobody counts them. */
export function minorsBetween(from: string, to: string): number {
  const [[fromMajor, fromMinor], [toMajor, toMinor]] = [parseVersion(from), parseVersion(to)];
  return fromMajor === toMajor ? toMinor - fromMinor : (toMajor - fromMajor) * Infinity;
}

/** `1.18` of `1.18.12` and `v1.18.12-eksbuild.1`. */
export function minorOf(version: string): string {
  const [major, minor] = parseVersion(version);
  return `${major}.${minor}`;
}
