import type { WorkloadConfig } from "../../config/schema/workloads/workloads";
import type { ConfigPath } from "../../config/read/source-node";
import type { Target } from "../../model/target";

/** A service, and where it stands. */
export interface CheckedWorkload {
  readonly target: Target;
  readonly name: string;
  readonly workload: WorkloadConfig;
  readonly path: ConfigPath;
}
