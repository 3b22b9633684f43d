import type { Severity } from "../rule";
import type { Waiver } from "../../waivers/waiver";
import type { JudgedFinding } from "../waivers";

/** Place in a file that people edit. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A finding with the line that set the value, where one did. */
export interface LocatedFinding extends JudgedFinding {
  readonly place?: Place;
}

/** A waiver that does nothing, and why. */
export interface IdleWaiver {
  readonly waiver: Waiver;
  readonly problem: "unused" | "unknown rule";
  readonly place?: Place;
}

/** Everything about one target that a report shows. */
export interface TargetReport {
  readonly target: string;
  readonly asOf: string;
  readonly rules: number;
  readonly findings: readonly LocatedFinding[];
  readonly idle: readonly IdleWaiver[];
}

export interface Counts {
  readonly errors: number;
  readonly warnings: number;
  readonly unknown: number;
  readonly waived: number;
}

export type Level = Severity | "unknown" | "waived";
