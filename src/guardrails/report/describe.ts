import { endedText } from "../../waivers/waiver";
import type { JudgedFinding } from "../waivers";
import type { IdleWaiver } from "./located";

/** `EKS-LOGS prod-us-east-1-cluster/module.x: does not log audit; Enable …` */
export function formatFinding(finding: JudgedFinding): string {
  const { rule, stack, address, detail } = finding;
  return `${rule.id} ${stack}/${address}: ${detail}; ${remedyOf(finding)}`;
}

/** What to do about it. */
export function remedyOf({ rule, outcome, status, waiver }: JudgedFinding): string {
  if (outcome === "crash") return "this is a fault in Octarine";
  const remedy = `${rule.remedy.charAt(0).toLowerCase()}${rule.remedy.slice(1).replace(/\.$/, "")}`;
  if (status === "expired" && waiver !== undefined) return `${endedText(waiver)}; ${remedy}`;
  return remedy;
}

/** What is said of a waiver that waives nothing. */
export function idleWaiver(problem: IdleWaiver["problem"]): string {
  return problem === "unused" ? "is not needed; remove it" : "names no rule; see docs/guardrails.md";
}

/** The word that a reader sorts by. */
export function levelOf({
  outcome,
  status,
  severity,
}: JudgedFinding): "error" | "warning" | "unknown" | "waived" {
  if (outcome === "crash") return "error";
  if (outcome === "unknown") return "unknown";
  if (status === "waived") return "waived";
  return status === "expired" ? "error" : severity;
}
