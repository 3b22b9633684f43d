import { HIDDEN } from "../../text/secrets";
/** One attribute, or one value inside a document that an attribute holds (chart values, a policy). */
export interface Difference {
  /** `scaling_config[0].desired_size`, or within a document `values: encryption.enabled`. A stranger's text. */
  readonly path: string;
  readonly kind: "added" | "removed" | "changed";
  /** As shown: shortened, and a mark in place of a secret. Absent where there was none. */
  readonly before?: string;
  readonly after?: string;
}

export interface Differences {
  readonly shown: readonly Difference[];
  readonly leftOut: number;
}

/** Most differences kept of one resource. A chart upgrade can touch thousands of values. */
export const MOST_DIFFERENCES = 60;
export const LONGEST_VALUE = 160;
export const SECRET_MARK = HIDDEN;
export const UNKNOWN_MARK = "(known after apply)";
