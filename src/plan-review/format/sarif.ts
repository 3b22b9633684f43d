import type { Result } from "sarif";
import { sarifLog, sarifUri } from "../../text/sarif";
import type { Change, Finding, Review } from "../model/change";
import type { Impact } from "../model/impact";
import { flat } from "../model/phrase";
import { ruleIds, rules } from "../rules/rules";
import { visible } from "../../text/visible";

/**
 * A plan knows no line of the configuration, so a result stands at the plan's file, and at the resource as a logical
 * location.
 */
export function formatSarif(review: Review, version: string): string {
  const sources = new Map(review.stacks.map(({ stack, source }) => [stack, source]));
  const log = sarifLog(
    {
      name: "octarine review",
      version,
      fingerprint: "octarineReview/v2",
      rules: ruleIds.map((id) => ({
        id,
        shortDescription: { text: rules[id].title },
        fullDescription: { text: rules[id].why },
        defaultConfiguration: { level: levelOf(rules[id].impact) },
      })),
    },
    [...review.changes, ...review.drift].flatMap((change) =>
      change.findings.map((finding) => ({
        result: resultOf(change, finding, sources.get(change.stack) ?? change.stack),
        fingerprint: [finding.rule, change.stack, change.address],
      })),
    ),
  );
  return JSON.stringify(log, null, 2);
}

function resultOf(change: Change, each: Finding, source: string): Result {
  const doubt = each.doubt === undefined ? "" : ` In doubt: ${flat(each.doubt)}.`;
  return {
    ruleId: each.rule,
    ruleIndex: ruleIds.indexOf(each.rule),
    level: levelOf(each.couldBe ?? each.impact),
    message: { text: visible(`${flat(each.what)}. ${each.why}${doubt}`) },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: sarifUri(source) }, region: { startLine: 1 } },
        logicalLocations: [{ fullyQualifiedName: `${change.stack}/${change.address}`, kind: "resource" }],
      },
    ],
    properties: { impact: each.impact, ...(each.couldBe !== undefined && { couldBe: each.couldBe }) },
  };
}

function levelOf(impact: Impact): Result.level {
  if (impact === "irreversible" || impact === "security") return "error";
  return impact === "disruption" || impact === "may-replace" ? "warning" : "note";
}
