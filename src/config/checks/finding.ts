import type { ConfigPath } from "../source-node";
import type { Fleet, Target } from "../target";

/** A value that the schema takes and the platform can't. */
export interface Finding {
  readonly path: ConfigPath;
  /** The value in the user's terms, where the one at `path` alone does not say it. */
  readonly value?: string;
  /** What is wrong and the remedy. */
  readonly message: string;
  /** Other values that the finding depends on. */
  readonly related?: readonly ConfigPath[];
  /** Name by which `waivers` can turn it into a warning for a while. Without one it can't be waived. */
  readonly rule?: string;
  /** `warning`: it is told and the run goes on. */
  readonly severity?: "error" | "warning";
}

/** A rule over one target. Returns what it finds; never throws, prints or changes anything. */
export type TargetCheck = (target: Target) => Finding[];

/** A finding and the target that it is about. */
export interface TargetFinding {
  readonly target: Target;
  readonly finding: Finding;
}

/** A rule over all targets. */
export type FleetCheck = (fleet: Fleet) => TargetFinding[];
