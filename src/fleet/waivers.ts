import { dataAsOf } from "../facts/as-of";
import { isGuardrailId } from "../facts/guardrail-ids";
import type { TargetFinding } from "../checks/finding";
import type { Waiver } from "../config/schema/waivers";
import { type ConfigPath, formatPath } from "../config/read/source-node";
import type { Target } from "../model/target";

export interface Judged {
  /** What stops a run. */
  readonly errors: readonly TargetFinding[];
  /** What a run tells and goes on: one line each. */
  readonly warnings: readonly string[];
  /** Waivers that something was found for. */
  readonly used: ReadonlySet<Waiver>;
}

/**
 * Splits findings by severity and by the waivers of their targets. A waiver holds up to and including the day it
 * expires.
 *
 * @param asOf the day to compare with, `YYYY-MM-DD`. Without one, only waivers that ended before the project's own data
 * were collected count as expired, and the rest say that nobody compared them: there is no clock in a synthesis.
 * @param usedElsewhere waivers that others have found something for
 */
export function judge(
  found: readonly TargetFinding[],
  targets: readonly Target[],
  asOf?: string,
  usedElsewhere: Iterable<Waiver> = [],
): Judged {
  const errors: TargetFinding[] = [];
  const warnings: string[] = [];
  const used = new Set<Waiver>(usedElsewhere);
  for (const each of found) {
    const { target, finding } = each;
    const waiver = waiverFor(each);
    if (waiver !== undefined) used.add(waiver);
    if (finding.severity === "warning") {
      if (waiver === undefined) warnings.push(describe(each));
      else if (ended(waiver, asOf)) warnings.push(endedText(describe(each), waiver));
    } else if (waiver === undefined) {
      errors.push(each);
    } else if (ended(waiver, asOf)) {
      errors.push({ target, finding: { ...finding, message: endedText(finding.message, waiver) } });
    } else {
      warnings.push(`${describe(each)}, ${terms(waiver, asOf)}`);
    }
  }
  return { errors, warnings: [...warnings, ...idle(targets, used)], used };
}

/** Whether a waiver holds no more on the day; it holds up to and including the one it expires. */
export function ended({ expires }: Waiver, asOf: string | undefined): boolean {
  return expires < (asOf ?? dataAsOf);
}

export function endedText(message: string, { owner, expires }: Waiver): string {
  return `${message}; the waiver of ${owner} ended on ${expires}`;
}

export function waiverFor({ target, finding }: TargetFinding): Waiver | undefined {
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

function describe({ target, finding: { path, message, severity, rule } }: TargetFinding): string {
  const line = `${target.name}: ${formatPath(path)}: ${message}`;
  if (severity !== "warning" || message.includes(`(${rule})`)) return line;
  return `${line} (waiver: ${rule})`;
}

function terms({ owner, expires, reason }: Waiver, asOf: string | undefined): string {
  const compared = asOf === undefined ? " (not compared with today; --as-of <day> does)" : "";
  return `waived by ${owner} until ${expires}${compared}: ${reason}`;
}

/**
 * A waiver without its finding is forgotten, or names a place where nothing is. One of a layer that several targets
 * share is needed as long as one of them has the finding.
 */
function idle(targets: readonly Target[], used: ReadonlySet<Waiver>): readonly string[] {
  const needed = new Set([...used].map((waiver) => JSON.stringify(waiver)));
  return targets.flatMap(({ name, config }) =>
    config.waivers
      // Those of guardrails are judged by octarine check and synth.
      .filter((waiver) => !isGuardrailId(waiver.rule) && !needed.has(JSON.stringify(waiver)))
      .map(({ rule, at }) => `${name}: the waiver of ${rule} at ${at} waives nothing; remove it`),
  );
}
