import type { Change, Finding, Review } from "../model/change";
import { flat } from "../model/phrase";
import { type Entry, entriesOf } from "../story/entries";

/** Raised when a field is removed or changes its meaning; more fields do not raise it. */
export const REVIEW_VERSION = 1;

/** The review as plain data (docs/plan-review.md describes the fields). Secrets are hidden here, too. */
export function reviewJson(review: Review) {
  return {
    version: REVIEW_VERSION,
    impact: review.impact,
    couldBe: review.couldBe,
    leftBehind: review.leftBehind.map(flat),
    counts: review.counts,
    stacks: review.stacks,
    changes: review.changes.map(changeJson),
    drift: review.drift.map((each) => ({ ...changeJson(each), takenBack: each.takenBack })),
    outputs: review.outputs,
    warnings: review.warnings.map(flat),
    told: entriesOf(review.changes)
      .filter(({ findings }) => findings.length > 0)
      .map(toldJson),
    blindSpots: review.blindSpots,
  };
}

function changeJson(change: Change) {
  const { stack, address, type, action, createBeforeDelete, replacedBecause, movedFrom, imported } = change;
  const { impact, couldBe, findings, differences, differencesLeftOut, unknown, placeholders, cause } = change;
  return {
    stack,
    address,
    type,
    action,
    ...(action === "replace" && { createBeforeDelete, replacedBecause }),
    ...(movedFrom !== undefined && { movedFrom }),
    ...(imported && { imported }),
    impact,
    couldBe,
    findings: findings.map(findingJson),
    differences,
    differencesLeftOut,
    knownAfterApply: unknown,
    ...(placeholders.length > 0 && { placeholders }),
    ...(cause !== undefined && { cause }),
  };
}

/** What a reader is told, the worst first: a finding that holds for many changes once, and with it what follows. */
function toldJson({ changes, findings, consequences }: Entry) {
  const places = (all: readonly Change[]) => all.map(({ stack, address }) => ({ stack, address }));
  return { findings: findings.map(findingJson), changes: places(changes), follow: places(consequences) };
}

function findingJson({ rule, impact, couldBe, what, why, details, doubt }: Finding) {
  return {
    rule,
    impact,
    ...(couldBe !== undefined && { couldBe }),
    what: flat(what),
    why,
    details: details.map(flat),
    ...(doubt !== undefined && { doubt: flat(doubt) }),
  };
}
