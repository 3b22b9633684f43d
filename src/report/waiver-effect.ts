import { isGuardrailId } from "../facts/guardrail-ids";
import type { TargetReport } from "../guardrails/report/located";
import { holdsOn, type Waiver } from "../waivers/waiver";
import { whereOf } from "./finding-place";

/** What a waiver does: nothing, and why; or what it waives. */
export type WaiverEffect = { readonly problem: string } | { readonly waives: string };

export function waiverEffect(waiver: Waiver, { asOf, findings, idle }: TargetReport): WaiverEffect {
  if (!holdsOn(waiver, asOf)) return { problem: "ended" };
  // Other rules are judged with the configuration: IP capacity shows the problems of the address plan.
  if (!isGuardrailId(waiver.rule))
    return { waives: waiver.rule.startsWith("IP-") ? "see IP capacity" : "what a run would warn of" };
  const problem = idle.find((each) => each.waiver === waiver)?.problem;
  if (problem !== undefined) return { problem };
  const waived = findings.filter((each) => each.waiver === waiver);
  return {
    waives:
      waived.length === 0
        ? "what is not decidable before apply"
        : waived.map((each) => `${whereOf(each)}: ${each.detail}`).join("; "),
  };
}

/** Waivers that do nothing, for somebody to renew or to remove. */
export function brokenWaivers(
  waivers: readonly Waiver[],
  report: TargetReport,
): readonly { readonly waiver: Waiver; readonly problem: string }[] {
  return waivers.flatMap((waiver) => {
    const effect = waiverEffect(waiver, report);
    return "problem" in effect ? [{ waiver, problem: effect.problem }] : [];
  });
}
