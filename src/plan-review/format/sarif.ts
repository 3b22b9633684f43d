import { fingerprints } from "../../text/fingerprints";
import type { Change, Finding, Review } from "../model/change";
import type { Impact } from "../model/impact";
import { flat } from "../model/phrase";
import { ruleIds, rules } from "../rules/rules";
import { visible } from "../../text/visible";

/** GitHub takes no more results of one run. */
const MOST_RESULTS = 5000;

/**
 * SARIF 2.1.0. A plan knows no line of the configuration, so a result stands at the plan's file, and at the resource as a
 * logical location.
 */
export function formatSarif(review: Review, version: string): string {
  const sources = new Map(review.stacks.map(({ stack, source }) => [stack, source]));
  const found = [...review.changes, ...review.drift].flatMap((change) =>
    change.findings.map((finding) => ({ change, finding })),
  );
  const known = fingerprints(
    found.map(({ change, finding }) => [finding.rule, change.stack, change.address]),
  );
  const results = found.map(({ change, finding }, index) => ({
    ...resultOf(change, finding, sources.get(change.stack) ?? change.stack),
    partialFingerprints: { "octarineReview/v2": known[index] },
  }));
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "octarine review",
            version,
            rules: ruleIds.map((id) => ({
              id,
              shortDescription: { text: rules[id].title },
              fullDescription: { text: rules[id].why },
              defaultConfiguration: { level: levelOf(rules[id].impact) },
            })),
          },
        },
        results: results.slice(0, MOST_RESULTS),
      },
    ],
  };
  return JSON.stringify(log, null, 2);
}

function resultOf(change: Change, each: Finding, source: string) {
  const doubt = each.doubt === undefined ? "" : ` In doubt: ${flat(each.doubt)}.`;
  return {
    ruleId: each.rule,
    ruleIndex: ruleIds.indexOf(each.rule),
    level: levelOf(each.couldBe ?? each.impact),
    message: { text: visible(`${flat(each.what)}. ${each.why}${doubt}`) },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: uriOf(source) }, region: { startLine: 1 } },
        logicalLocations: [{ fullyQualifiedName: `${change.stack}/${change.address}`, kind: "resource" }],
      },
    ],
    properties: { impact: each.impact, ...(each.couldBe !== undefined && { couldBe: each.couldBe }) },
  };
}

function levelOf(impact: Impact): "error" | "warning" | "note" {
  if (impact === "irreversible" || impact === "security") return "error";
  return impact === "disruption" || impact === "may-replace" ? "warning" : "note";
}

function uriOf(source: string): string {
  return source.split(/[\\/]/).map(encodeURIComponent).join("/");
}
