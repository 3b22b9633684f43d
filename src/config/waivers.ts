import { dataAsOf } from "../facts/as-of";
import { isGuardrailId } from "../facts/guardrail-ids";
import type { TargetFinding } from "./checks/finding";
import type { Waiver } from "./schema/waivers";
import { type ConfigPath, formatPath } from "./source-node";
import type { Target } from "./target";

export interface Judged {
  /** What stops a run. */
  readonly errors: readonly TargetFinding[];
  /** What a run tells and goes on: one line each. */
  readonly warnings: readonly string[];
}

/**
 * Splits findings by severity and by the waivers of their targets. A waiver holds up to and including the day it
 * expires.
 *
 * @param asOf the day to compare with, `YYYY-MM-DD`. Without one, only waivers that ended before the project's own data
 * were collected count as expired, and the rest say that nobody compared them: there is no clock in a synthesis.
 */
export function judge(found: readonly TargetFinding[], targets: readonly Target[], asOf?: string): Judged {
  const errors: TargetFinding[] = [];
  const warnings: string[] = [];
  const used = new Set<Waiver>();
  for (const each of found) {
    const { target, finding } = each;
    const waiver = waiverFor(each);
    if (waiver !== undefined) used.add(waiver);
    if (finding.severity === "warning") {
      if (waiver === undefined) warnings.push(describe(each));
    } else if (waiver === undefined) {
      errors.push(each);
    } else if (waiver.expires < (asOf ?? dataAsOf)) {
      errors.push({ target, finding: { ...finding, message: expired(finding.message, waiver) } });
    } else {
      warnings.push(`${describe(each)}, ${terms(waiver, asOf)}`);
    }
  }
  return { errors, warnings: [...warnings, ...idle(targets, used)] };
}

function waiverFor({ target, finding }: TargetFinding): Waiver | undefined {
  const matching = target.config.waivers.filter(
    ({ rule, at }) => rule === finding.rule && isAtOrBelow(finding.path, at),
  );
  // Of several, the one that holds longest: an old one may stand beside its renewal.
  return matching.toSorted((a, b) => (a.expires < b.expires ? 1 : -1))[0];
}

function isAtOrBelow(path: ConfigPath, at: string): boolean {
  const steps = [...path.keys()].map((index) => formatPath(path.slice(0, index + 1)));
  return steps.includes(at);
}

function describe({ target, finding }: TargetFinding): string {
  return `${target.name}: ${formatPath(finding.path)}: ${finding.message}`;
}

function terms({ owner, expires, reason }: Waiver, asOf: string | undefined): string {
  const compared = asOf === undefined ? " (not compared with today; --as-of <day> does)" : "";
  return `waived by ${owner} until ${expires}${compared}: ${reason}`;
}

function expired(message: string, { owner, expires }: Waiver): string {
  return `${message}; the waiver of ${owner} ended on ${expires}`;
}

/** A waiver without its finding is forgotten, or names a place where nothing is. */
function idle(targets: readonly Target[], used: ReadonlySet<Waiver>): readonly string[] {
  return targets.flatMap(({ name, config }) =>
    config.waivers
      // Those of guardrails are judged by octarine check and synth.
      .filter((waiver) => !isGuardrailId(waiver.rule) && !used.has(waiver))
      .map(({ rule, at }) => `${name}: the waiver of ${rule} at ${at} waives nothing; remove it`),
  );
}
