import { placeOf } from "../../config/place-of";
import { formatPath, locate } from "../../config/source-node";
import type { Target } from "../../config/target";
import { allRules } from "../../guardrails/rules/all-rules";
import type { LocatedFinding, Place, TargetReport } from "../../guardrails/report/located";
import type { Judgement, Waiver } from "../../guardrails/waivers";

/** Findings with the lines of the configuration that decide them. */
export function locatedReport(
  target: Target,
  asOf: () => string,
  { findings, unused, unknownRules }: Judgement,
): TargetReport {
  const located = findings.map((finding): LocatedFinding => {
    const place = finding.setting === undefined ? undefined : placeOf(target, finding.setting);
    return { ...finding, ...(place !== undefined && { place }) };
  });
  const idle = (waivers: readonly Waiver[], problem: "unused" | "unknown rule") =>
    waivers.map((waiver) => ({ waiver, problem, place: waiverPlace(target, waiver) }));
  return {
    target: target.name,
    asOf: asOf(),
    rules: allRules.length,
    findings: located,
    idle: [...idle(unused, "unused"), ...idle(unknownRules, "unknown rule")],
  };
}

function waiverPlace(target: Target, waiver: Waiver): Place {
  const index = target.config.waivers.findIndex((each) => each.rule === waiver.rule && each.at === waiver.at);
  const { found, at } = locate(target.source, ["waivers", index]);
  return found ? at : placeOf(target, formatPath(["waivers"]));
}
