import { placeOf } from "../fleet/place-of";
import { formatPath, locate } from "../config/read/source-node";
import type { Target } from "../model/target";
import { rulesInForce } from "../guardrails/rules/own-rules";
import type { LocatedFinding, Place, TargetReport } from "../guardrails/report/located";
import type { Waiver } from "../waivers/waiver";
import type { Judgement } from "../guardrails/waivers";
import { readiness, type ReadinessReport } from "../readiness/readiness";
import type { Inventory } from "../guardrails/resource";
import { judge, type ProvedTarget, provedTarget, targetInventory } from "./guard-targets";
import { type ProofFacts, proofFacts } from "./proof-facts";

/** What guardrails and checklists make of one target. */
export interface TargetVerdict {
  readonly guardrails: TargetReport;
  readonly readiness: ReadinessReport;
}

/** With what is proved of the target. */
export interface ProvedVerdict extends TargetVerdict {
  readonly proofs: ProofFacts;
}

/** Makes the target's stacks once and judges them by the rules and by both checklists. */
export function targetVerdict(target: Target, asOf: () => string): TargetVerdict {
  return verdictOf(target, targetInventory(target), asOf);
}

/** The same, with what is proved of the target as plain lines. */
export function provedVerdict(target: Target, asOf: () => string): ProvedVerdict {
  const inventory = targetInventory(target);
  const proved = provedTarget(target, inventory);
  return { ...verdictOf(target, inventory, asOf, proved), proofs: proofFacts(target, proved) };
}

function verdictOf(
  target: Target,
  inventory: Inventory,
  asOf: () => string,
  proved?: ProvedTarget,
): TargetVerdict {
  const judgement = judge(target, inventory, asOf, proved);
  return {
    guardrails: locatedReport(target, asOf, judgement),
    readiness: readiness({ target, inventory, findings: judgement.findings, asOf }),
  };
}

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
    rules: rulesInForce().length,
    findings: located,
    idle: [...idle(unused, "unused"), ...idle(unknownRules, "unknown rule")],
  };
}

function waiverPlace(target: Target, waiver: Waiver): Place {
  const index = target.config.waivers.findIndex((each) => each.rule === waiver.rule && each.at === waiver.at);
  const { found, at } = locate(target.source, ["waivers", index]);
  return found ? at : placeOf(target, formatPath(["waivers"]));
}
