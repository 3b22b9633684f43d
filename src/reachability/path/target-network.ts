import type { Hop } from "../hop";
import type { VpcWorld } from "../vpc/world";

/** The network of one target. */
export interface TargetNetwork {
  readonly vpc: VpcWorld;
  /** Workspace of the target: `prod-us-east-1`. */
  readonly target: string;
  /** What was decided, by places and port: needs share most of their way. */
  readonly decided: Map<string, readonly Hop[]>;
}
