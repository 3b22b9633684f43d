import { isGuardrailId } from "../facts/guardrail-ids";
import type { Finding } from "./evaluate";

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

export type Status = "open" | "waived" | "expired";

/** A finding with what the waivers make of it. */
export interface JudgedFinding extends Finding {
  readonly status: Status;
  readonly waiver?: Waiver;
}

export interface Judgement {
  readonly findings: readonly JudgedFinding[];
  /** Waivers that nothing needs. */
  readonly unused: readonly Waiver[];
  /** Waivers of a rule that is not there. */
  readonly unknownRules: readonly Waiver[];
}

export interface WaiverContext {
  /** Day to compare expiry with, `YYYY-MM-DD`; only asked for where a waiver applies. */
  readonly asOf: () => string;
  readonly ruleIds: ReadonlySet<string>;
}

/** Waives violations. What is not known, and rules that crash, can't be waived: nobody could say what was accepted. */
export function applyWaivers(
  findings: readonly Finding[],
  waivers: readonly Waiver[],
  { asOf, ruleIds }: WaiverContext,
): Judgement {
  const used = new Set<Waiver>();
  const judged = findings.map((finding): JudgedFinding => {
    const matching = waivers.filter((each) => covers(each, finding));
    if (finding.outcome !== "violation") {
      // One reading may see what the other can't: a waiver for it is no idle one.
      matching.forEach((each) => used.add(each));
      return { ...finding, status: "open" };
    }
    // One that still holds wins over one that has expired.
    const waiver = matching.find(({ expires }) => asOf() <= expires) ?? matching[0];
    if (waiver === undefined) return { ...finding, status: "open" };
    used.add(waiver);
    return { ...finding, status: asOf() <= waiver.expires ? "waived" : "expired", waiver };
  });
  // Rules of the address plan are waived by the same list and judged elsewhere.
  const ours = waivers.filter(({ rule }) => isGuardrailId(rule));
  return {
    findings: judged,
    unused: ours.filter((each) => ruleIds.has(each.rule) && !used.has(each)),
    unknownRules: ours.filter((each) => !ruleIds.has(each.rule)),
  };
}

function covers({ rule, at }: Waiver, { rule: { id }, stack, address, setting }: Finding): boolean {
  if (rule !== id) return false;
  const places = [setting, stack, `${stack}/${address}`, address];
  return places.some((place) => place !== undefined && isAtOrBelow(place, at));
}

function isAtOrBelow(place: string, at: string): boolean {
  return place === at || (place.startsWith(at) && [".", "[", "/", "#"].includes(place.charAt(at.length)));
}

/** Violations that fail a check: errors that no waiver holds for, and every rule that crashed. */
export function isFailure({ outcome, severity, status }: JudgedFinding): boolean {
  if (outcome === "crash") return true;
  if (outcome === "unknown") return false;
  return status === "expired" || (status === "open" && severity === "error");
}
