import { holdsOn, unusedOf, type Waiver, waiversFor } from "../waivers/waiver";
import { isGuardrailId } from "../facts/guardrail-ids";
import type { Finding } from "./evaluate";

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
    const matching = waiversFor({ rule: finding.rule.id, places: placesOf(finding) }, waivers);
    if (finding.outcome !== "violation") {
      // One reading may see what the other can't: a waiver for it is not idle.
      matching.forEach((each) => used.add(each));
      return { ...finding, status: "open" };
    }
    const [waiver] = matching;
    if (waiver === undefined) return { ...finding, status: "open" };
    used.add(waiver);
    return { ...finding, status: holdsOn(waiver, asOf()) ? "waived" : "expired", waiver };
  });
  // Rules of the address plan are waived by the same list and judged elsewhere.
  const ours = waivers.filter(({ rule }) => isGuardrailId(rule));
  return {
    findings: judged,
    unused: unusedOf(ours, used).filter((each) => ruleIds.has(each.rule)),
    unknownRules: ours.filter((each) => !ruleIds.has(each.rule)),
  };
}

function placesOf({ stack, address, setting }: Finding): readonly string[] {
  return [...(setting === undefined ? [] : [setting]), stack, `${stack}/${address}`, address];
}

/** Violations that fail a check: errors that no waiver holds for, and every rule that crashed. */
export function isFailure({ outcome, severity, status }: JudgedFinding): boolean {
  if (outcome === "crash") return true;
  if (outcome === "unknown") return false;
  return status === "expired" || (status === "open" && severity === "error");
}
