import Range from "semver/classes/range";
import type SemVer from "semver/classes/semver";
import coerce from "semver/functions/coerce";
import compare from "semver/functions/compare";
import parse from "semver/functions/parse";
import { Fault } from "./errors";

/** A version or range that nobody can read. A fault of our data, or of a config that its schema let through. */
export class VersionError extends Fault {}

// A fleet has few versions and ranges, and asks for each of them again with every target.
const versions = new Map<string, SemVer>();
const ranges = new Map<string, (version: string) => boolean>();

/** `1.35`, `1.18.12`, `v1.21.1` or `v1.22.4-eksbuild.3`, its first three numbers: what follows a dash is a build of AWS's. */
function parseVersion(text: string): SemVer {
  const known = versions.get(text);
  if (known !== undefined) return known;
  const version = /^v?\d/.test(text) ? coerce(text) : null;
  if (version === null) throw new VersionError(`${text} is not a version`);
  versions.set(text, version);
  return version;
}

/**
 * Negative, 0 or positive, as for `Array.sort`.
 *
 * @throws VersionError
 */
export function compareVersions(a: string, b: string): number {
  return compare(parseVersion(a), parseVersion(b));
}

const PRE_RELEASE = /^(alpha|beta|pre|rc)$/i;
/** What AWS calls its builds (`v1.22.4-eksbuild.3`); of images they are numbers (`1.35.6-20260714`). */
const BUILD = /^(eksbuild|\d+)$/;

/**
 * Which of two versions is newer, builds and pre-releases included: negative, 0 or positive. Undefined where they don't tell, as
 * two hashes (`1.65.0-0be31b34`) don't.
 */
export function orderOf(a: string, b: string): number | undefined {
  if (a === b) return 0;
  const [left, right] = [whole(a), whole(b)];
  if (left === null || right === null) return undefined;
  const byNumbers = left.compareMain(right);
  if (byNumbers !== 0) return byNumbers;
  const kinds = [left, right].map(({ prerelease }) => prerelease.map(String));
  const areReleases = kinds.every(([first]) => first === undefined || PRE_RELEASE.test(first));
  const areBuilds = kinds.every((parts) => parts.length > 0 && parts.every((part) => BUILD.test(part)));
  return areReleases || areBuilds ? left.comparePre(right) || undefined : undefined;
}

/** `rc1` is `rc.1`: semver compares numbers only where they stand alone. */
function whole(text: string): SemVer | null {
  const spaced = text.replace(/([-.])(alpha|beta|pre|rc)-?(\d+)/i, "$1$2.$3");
  return parse(spaced) ?? (/^v?\d/.test(text) ? coerce(text) : null);
}

/**
 * Whether a version is in a range as Helm's charts write it: `>=1.30 <1.34`, `>= 1.21.0-0`, `>=1.8, <2`. `-0`, by which Helm lets
 * pre-releases in, changes nothing here.
 *
 * @throws VersionError
 */
export function inRange(version: string, range: string): boolean {
  const holds = ranges.get(range) ?? testOf(range);
  ranges.set(range, holds);
  return holds(version);
}

function testOf(range: string): (version: string) => boolean {
  const parsed = parseRange(range);
  const answers = new Map<string, boolean>();
  return (version) => {
    const answer = answers.get(version) ?? parsed.test(parseVersion(version));
    answers.set(version, answer);
    return answer;
  };
}

function parseRange(text: string): Range {
  const spaced = text.replaceAll(",", " ");
  try {
    if (spaced.trim() !== "") return new Range(spaced);
  } catch {
    // As below.
  }
  throw new VersionError(`${text} is not a range of versions`);
}

/** `1.19.6` is at least `1.19`. */
export function isAtLeast(version: string, lowest: string): boolean {
  return compareVersions(version, lowest) >= 0;
}

/** Minors from one version up to another, negative downwards; from one major to another without end: nobody counts them. */
export function minorsBetween(from: string, to: string): number {
  const [old, now] = [parseVersion(from), parseVersion(to)];
  return old.major === now.major ? now.minor - old.minor : (now.major - old.major) * Infinity;
}

/** `1.18` of `1.18.12` and `v1.18.12-eksbuild.1`. */
export function minorOf(version: string): string {
  const { major, minor } = parseVersion(version);
  return `${major}.${minor}`;
}
