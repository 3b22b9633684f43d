import { type Phrase, say, words } from "../model/phrase";

/**
 * Which of two versions is newer, by their numbers from the left: of charts, add-ons (`v1.22.4-eksbuild.3`), images
 * (`1.35.6-20260714`) and Kubernetes. Undefined where the numbers don't tell, as in two hashes.
 */
export function compareVersions(a: string, b: string): number | undefined {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const step = (left[i] ?? 0) - (right[i] ?? 0);
    if (step !== 0) return Math.sign(step);
  }
  if (a === b) return 0;
  return left.length === right.length ? comparePreReleases(a, b) : undefined;
}

/** A pre-release comes before its release (semver.org, 11): `1.20.0-rc.1`, `1.20.0-rc.2`, `1.20.0`. */
function comparePreReleases(a: string, b: string): number | undefined {
  const [old, now] = [a, b].map((each) => /[-.](alpha|beta|pre|rc)[.-]?(\d*)/i.exec(each));
  if (!old || !now) return old ? -1 : now ? 1 : undefined;
  const [word, next] = [old[1] ?? "", now[1] ?? ""].map((each) => each.toLowerCase());
  if (word !== next) return (word ?? "") < (next ?? "") ? -1 : 1;
  return Math.sign(Number(old[2]) - Number(now[2]));
}

/** The numbers up to the first part that is none, such as a hash or the name of a pre-release. */
function numbersOf(version: string): number[] {
  const parts = version.replace(/^[^\d]*/, "").split(/[.+-]|eksbuild\./);
  const plain = parts.filter((part) => part !== "");
  const end = plain.findIndex((part) => !/^\d+$/.test(part));
  return (end === -1 ? plain : plain.slice(0, end)).map(Number);
}

export function isDowngrade(from: string, to: string): boolean {
  return compareVersions(from, to) === 1;
}

/** `1.7.0 to 1.6.0, a downgrade` */
export function versionPhrase(from: string, to: string): Phrase {
  return say`${from} to ${to}${words(isDowngrade(from, to) ? ", a downgrade" : "")}`;
}
