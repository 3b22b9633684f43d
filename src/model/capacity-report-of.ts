import { capacityReport } from "../ip-capacity/capacity-report";
import type { CapacityReport } from "../ip-capacity/reported-capacity";
import { capacityOf } from "./capacity-of";
import { reusedRanges } from "./fleet-networks";
import type { Fleet, Target } from "./target";

/**
 * The capacity report of a target, which also says what ranges its fleet uses again.
 *
 * @throws SubnetLayoutError if a tier does not fit its share of the VPC
 */
export function capacityReportOf(target: Target, fleet: Fleet): CapacityReport {
  const input = capacityOf(target);
  return capacityReport({
    ...input,
    assumptions: [...(input.assumptions ?? []), ...reusedRanges(fleet, target)],
  });
}
