import { dataAsOf } from "../facts/as-of";
import { isGuardrailId } from "../facts/guardrail-ids";
import type { TargetFinding } from "../checks/finding";
import { endedText, holdsOn, unusedOf, waivedText, type Waiver, waiversFor } from "../waivers/waiver";
import { formatPath } from "../config/read/source-node";
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
  const remark = asOf === undefined ? " (not compared with today; --as-of <day> does)" : "";
  for (const each of found) {
    const { target, finding } = each;
    const waiver = waiverFor(each);
    if (waiver !== undefined) used.add(waiver);
    if (finding.severity === "warning") {
      if (waiver === undefined) warnings.push(describe(each));
      else if (ended(waiver, asOf)) warnings.push(`${describe(each)}; ${endedText(waiver)}`);
    } else if (waiver === undefined) {
      errors.push(each);
    } else if (ended(waiver, asOf)) {
      errors.push({ target, finding: { ...finding, message: `${finding.message}; ${endedText(waiver)}` } });
    } else {
      warnings.push(`${describe(each)}, ${waivedText(waiver, remark)}`);
    }
  }
  return { errors, warnings: [...warnings, ...idle(targets, used)], used };
}

/** Whether a waiver no longer holds on the day. */
export function ended(waiver: Waiver, asOf: string | undefined): boolean {
  return !holdsOn(waiver, asOf ?? dataAsOf);
}

export function waiverFor({ target, finding: { rule, path } }: TargetFinding): Waiver | undefined {
  return rule === undefined
    ? undefined
    : waiversFor({ rule, places: [formatPath(path)] }, target.config.waivers)[0];
}

function describe({ target, finding: { path, message, severity, rule } }: TargetFinding): string {
  const line = `${target.name}: ${formatPath(path)}: ${message}`;
  if (severity !== "warning" || message.includes(`(${rule})`)) return line;
  return `${line} (waiver: ${rule})`;
}

/**
 * A waiver without its finding is forgotten, or names a place where nothing is. One of a layer that several targets
 * share is needed as long as one of them has the finding.
 */
function idle(targets: readonly Target[], used: ReadonlySet<Waiver>): readonly string[] {
  return targets.flatMap(({ name, config }) =>
    unusedOf(config.waivers, used)
      // Those of guardrails are judged by octarine check and synth.
      .filter(({ rule }) => !isGuardrailId(rule))
      .map(({ rule, at }) => `${name}: the waiver of ${rule} at ${at} waives nothing; remove it`),
  );
}
