import type { CauseId } from "./causes/causes";
import type { Quote } from "./read/lines";
import type { Certainty } from "./rule";

export interface Finding {
  readonly cause: CauseId;
  readonly title: string;
  readonly certainty: Certainty;
  /** What makes it this one: names, actions, figures. */
  readonly details: readonly string[];
  readonly evidence: readonly Quote[];
  /** What was collected and does not fit. */
  readonly against: readonly string[];
  /** A deeper cause that was found, too, and makes one see this. */
  readonly follows: CauseId | undefined;
  /** Keys of the configuration, as users read paths. */
  readonly keys: readonly string[];
  readonly mend: string;
  readonly confirm: string;
  readonly runbook: string;
}
