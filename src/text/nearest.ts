import { distance } from "fastest-levenshtein";

/** Longer words are not typos of known ones, and comparing them takes time. */
const LONGEST = 80;

/** The known word that somebody most likely meant: the same but for case, dashes and plurals, else one a few letters away. */
export function nearestOf(written: string, known: readonly string[]): string | undefined {
  if (written === "" || written.length > LONGEST) return undefined;
  const same = known.find((each) => bare(each) === bare(written));
  if (same !== undefined) return same;
  const ranked = known
    .map((each) => ({ each, far: distance(bare(written), bare(each)) }))
    .sort((a, b) => a.far - b.far || Number(a.each > b.each));
  const [best] = ranked;
  const allowed = Math.max(2, Math.floor(written.length / 3));
  return best !== undefined && best.far <= allowed && best.far < bare(written).length ? best.each : undefined;
}

/** `dve is not a target; did you mean dev? Known: dev, prod`, and no guess where nothing is near. */
export function unknownName(
  written: string,
  what: string,
  known: readonly string[],
  meant: readonly string[] = known,
): string {
  return `${written} ${notOneOf(written, what, known, meant)}`;
}

/** The same without its subject, for messages that begin with where the name is written. */
export function notOneOf(
  written: string,
  what: string,
  known: readonly string[],
  meant: readonly string[] = known,
): string {
  const near = nearestOf(written, meant);
  const guess = near === undefined ? "; write one of" : `; did you mean ${near}? Known:`;
  return `is not ${what}${guess} ${known.join(", ")}`;
}

/** As `nearestOf`, and where nothing is near, the one that is least far. */
export function closestOf(written: string, known: readonly string[]): string {
  const near = nearestOf(written, known);
  if (near !== undefined) return near;
  const short = written.slice(0, LONGEST);
  return known.reduce(
    (best, each) => (distance(short, each) < distance(short, best) ? each : best),
    known[0] ?? "",
  );
}

function bare(word: string): string {
  return word.toLowerCase().replace(/[-_ ]/g, "").replace(/s$/, "");
}
