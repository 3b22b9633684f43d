import type { ServiceTraffic } from "../../config/schema/workloads/traffic";
import type { WorkloadConfig } from "../../config/schema/workloads/workloads";
import type { Target } from "../../model/target";

/** A service with its routes. */
export interface RoutedWorkload {
  readonly name: string;
  readonly workload: WorkloadConfig;
  readonly traffic: ServiceTraffic;
  readonly target: Target;
}
