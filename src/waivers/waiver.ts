/** A finding that somebody has decided to live with until a day. */
export interface Waiver {
  readonly rule: string;
  /** Path of a setting, or `<stack>`, `<stack>/<address>` or an address; what is below it is waived as well. */
  readonly at: string;
  readonly reason: string;
  readonly owner: string;
  /** Last day on which it holds, `YYYY-MM-DD`. */
  readonly expires: string;
}

/** What a waiver is held against: a rule, and every name of the place where it found something. */
export interface WaivedPlace {
  readonly rule: string;
  readonly places: readonly string[];
}

/** Waivers for a finding. The one that holds longest is first: an old one may stand beside its renewal. */
export function waiversFor({ rule, places }: WaivedPlace, waivers: readonly Waiver[]): readonly Waiver[] {
  return waivers
    .filter((each) => each.rule === rule && places.some((place) => isAtOrBelow(place, each.at)))
    .toSorted((a, b) => (a.expires < b.expires ? 1 : a.expires > b.expires ? -1 : 0));
}

/** @param day the day to compare with, `YYYY-MM-DD`; a waiver holds up to and including the one it expires */
export function holdsOn({ expires }: Waiver, day: string): boolean {
  return day <= expires;
}

/** Those that nothing was found for. The same one of a layer that several targets share is used if one of them uses it. */
export function unusedOf(waivers: readonly Waiver[], used: Iterable<Waiver>): readonly Waiver[] {
  const keyOf = ({ rule, at, reason, owner, expires }: Waiver) =>
    JSON.stringify([rule, at, reason, owner, expires]);
  const needed = new Set([...used].map(keyOf));
  return waivers.filter((each) => !needed.has(keyOf(each)));
}

/** `waived by platform until 2027-03-31: ticket NET-42` */
export function waivedText({ owner, expires, reason }: Waiver, remark = ""): string {
  return `waived by ${owner} until ${expires}${remark}: ${reason}`;
}

export function endedText({ owner, expires }: Waiver): string {
  return `the waiver of ${owner} ended on ${expires}`;
}

function isAtOrBelow(place: string, at: string): boolean {
  return place === at || (place.startsWith(at) && [".", "[", "/", "#"].includes(place.charAt(at.length)));
}
