import type { Decider, Verdict } from "../hop";
import { endName, type NeedKind } from "../needs/need";
import { countByKind, type JudgedNeed, type KindCount } from "./judge-needs";
import { remedyOf } from "./remedy";
import { settingOf, settingOfObject } from "./setting-of";

/** One hop as a report shows it. */
export interface HopLine {
  readonly at: string;
  readonly verdict: Verdict;
  readonly says: string;
  /** What to write so that it passes, where a setting decides. */
  readonly remedy?: string;
  readonly by: readonly PlacedDecider[];
}

export interface PlacedDecider extends Decider {
  /** File and line of the setting that makes it. */
  readonly place?: string;
}

/** One flow as a report shows it. */
export interface FlowLine {
  /** Absent: nobody needs it, somebody asks. */
  readonly kind?: NeedKind;
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly protocol: string;
  readonly verdict: Verdict;
  /** What is done without it, where it is denied. */
  readonly without?: string;
  readonly why: string;
  readonly source: string;
  /** File and line of the setting that declares it or decides it. */
  readonly place?: string;
  readonly hops: readonly HopLine[];
}

export interface ReachSummary {
  readonly counts: readonly KindCount[];
  /** Denied first, then undecided; allowed ones only where they are asked for. */
  readonly flows: readonly FlowLine[];
}

/** Where a setting is written. */
type PlaceOf = (setting: string) => string | undefined;

const ORDER: readonly Verdict[] = ["denied", "undecided", "allowed"];

export function summaryOf(judged: readonly JudgedNeed[], all: boolean, placeOf: PlaceOf): ReachSummary {
  const shown = judged.filter(({ verdict }) => all || verdict !== "allowed");
  return {
    counts: countByKind(judged),
    flows: [...shown]
      .sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict))
      .map((each) => flowLine(each, placeOf)),
  };
}

function flowLine(judged: JudgedNeed, placeOf: PlaceOf): FlowLine {
  const { need, hops, verdict } = judged;
  const setting = settingOf(judged);
  const place = setting === undefined ? undefined : nearestPlace(setting, placeOf);
  return {
    ...(need.source !== "" && { kind: need.kind }),
    from: endName(need.from),
    to: endName(need.to),
    port: need.port,
    protocol: need.protocol,
    verdict,
    ...(need.without !== undefined && verdict === "denied" && { without: need.without }),
    why: need.why,
    source: need.source,
    ...(place !== undefined && { place }),
    hops: hops.map((hop) => {
      const remedy = remedyOf(hop, need, hops);
      return {
        at: hop.at,
        verdict: hop.verdict,
        says: hop.says,
        ...(remedy !== undefined && { remedy }),
        by: hop.by.map((each) => placed(each, placeOf)),
      };
    }),
  };
}

function placed(decider: Decider, placeOf: PlaceOf): PlacedDecider {
  const setting = settingOfObject(decider);
  const place = setting === undefined ? undefined : nearestPlace(setting, placeOf);
  return { ...decider, ...(place !== undefined && { place }) };
}

/** Of the setting, or of the nearest map above it that somebody wrote. */
function nearestPlace(setting: string, placeOf: PlaceOf): string | undefined {
  const path = setting.split(".");
  for (let length = path.length; length > 0; length--) {
    const place = placeOf(path.slice(0, length).join("."));
    if (place !== undefined) return place;
  }
  return undefined;
}
