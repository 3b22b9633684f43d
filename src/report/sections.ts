import type { Fleet, Target } from "../config/target";
import type { Html } from "./html";

export interface ReportContext {
  readonly target: Target;
  readonly fleet: Fleet;
  /** Day for which extended support is decided, `YYYY-MM-DD`; undefined for that of the data. */
  readonly asOf: string | undefined;
  /** Starts every id of the target's part of the page. */
  readonly idPrefix: string;
}

/** A part of a target's report. Guardrails and readiness join by another entry in the list of report.ts. */
export interface ReportSection {
  readonly id: string;
  readonly title: string;
  /** What stands below the heading; undefined where there is nothing to say of this target. */
  readonly render: (context: ReportContext) => Html | undefined;
}
