import type { ConfigPath } from "../config/read/source-node";
import type { Fleet, Target } from "../model/target";

/** A value that the schema takes and the platform can't. */
export type Finding = FindingText & Standing;

interface FindingText {
  readonly path: ConfigPath;
  /** The value in the user's terms, where the one at `path` alone does not say it. */
  readonly value?: string;
  /** What is wrong and the remedy. */
  readonly message: string;
  /** Other values that the finding depends on. */
  readonly related?: readonly ConfigPath[];
}

/**
 * `rule`: the name by which `waivers` can turn an error into a warning for a while, or acknowledge a warning. Without one
 * an error can't be waived; a warning, which is told and the run goes on, always can.
 */
type Standing =
  | { readonly severity?: "error"; readonly rule?: string }
  | { readonly severity: "warning"; readonly rule: string };

/** A rule over one target. Returns what it finds; never throws, prints or changes anything. */
export type TargetCheck = (target: Target) => Finding[];

/** A finding and the target that it is about. */
export interface TargetFinding {
  readonly target: Target;
  readonly finding: Finding;
}

/** A rule over all targets. */
export type FleetCheck = (fleet: Fleet) => TargetFinding[];
