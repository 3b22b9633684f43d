import type { Fleet, Target } from "../model/target";
import type { Html } from "../text/html";
import type { TargetFacts } from "./target-facts";

export interface ReportContext {
  readonly target: Target;
  readonly fleet: Fleet;
  /** Day for which extended support is decided, `YYYY-MM-DD`; undefined for that of the data. */
  readonly asOf: string | undefined;
  /** What is known of the target, worked out the first time that somebody asks. */
  readonly facts: () => TargetFacts;
  /** Starts every id of the target's part of the page. */
  readonly idPrefix: string;
  /** A heading below the section's own. */
  readonly heading: (text: string) => Html;
}

/** A part of a target's report; reportSections in report.ts is the list. */
export interface ReportSection {
  readonly id: string;
  readonly title: string;
  /** It is a picture, which is not torn from its heading on paper. */
  readonly picture?: boolean;
  /** Its heading is for those who can't see that it is one. */
  readonly obvious?: boolean;
  /** What stands below the heading; undefined where there is nothing to say of this target. */
  readonly render: (context: ReportContext) => Html | undefined;
}
