import { Annotations, type IAspect, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { formatFinding } from "./report/describe";
import { isFailure, type JudgedFinding } from "./waivers";

/** Puts what the guardrails found to the stacks it was found in; an error ends the synthesis. */
export class GuardrailAspect implements IAspect {
  constructor(private readonly findings: readonly JudgedFinding[]) {}

  visit(node: IConstruct): void {
    if (!TerraformStack.isStack(node)) return;
    for (const finding of this.findings.filter(({ stack }) => stack === node.node.id)) {
      if (isFailure(finding)) Annotations.of(node).addError(formatFinding(finding));
      else if (finding.outcome === "violation" && finding.status === "open")
        Annotations.of(node).addWarning(formatFinding(finding));
    }
  }
}
