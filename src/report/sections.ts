import type { Fleet, Target } from "../config/target";
import type { TargetVerdict } from "../synth/target-report";
import type { Html } from "./html";

export interface ReportContext {
  readonly target: Target;
  readonly fleet: Fleet;
  /** Day for which extended support is decided, `YYYY-MM-DD`; undefined for that of the data. */
  readonly asOf: string | undefined;
  /** What guardrails and checklists make of the target. Its stacks are made the first time that somebody asks. */
  readonly verdict: () => TargetVerdict;
  /** Starts every id of the target's part of the page. */
  readonly idPrefix: string;
}

/** A part of a target's report; reportSections in report.ts is the list. */
export interface ReportSection {
  readonly id: string;
  readonly title: string;
  /** What stands below the heading; undefined where there is nothing to say of this target. */
  readonly render: (context: ReportContext) => Html | undefined;
}
