import { capacityReportOf } from "../model/capacity-report-of";
import { costOf } from "../model/cost-of";
import type { Fleet, Target } from "../model/target";
import { fleetWarnings } from "../fleet/warnings";
import { type CostEstimate, costEstimate } from "../cost/cost-estimate";
import { countLevels } from "../guardrails/report/text";
import type { CapacityReport } from "../ip-capacity/reported-capacity";
import type { SubnetReport } from "../ip-capacity/capacity-zones";
import { provedVerdict, type ProvedVerdict } from "../synth/target-report";
import { type OpenPoint, openPoints } from "./open-points";
import { type Verdict, verdictOf } from "./verdict";

/** Everything that the report judges a target by. */
export interface TargetFacts {
  readonly judged: ProvedVerdict;
  readonly capacity: CapacityReport;
  readonly cost: CostEstimate;
  /** What is open, the worst first. */
  readonly open: readonly OpenPoint[];
  readonly verdict: Verdict;
}

export interface FactsOptions {
  readonly fleet: Fleet;
  /** `YYYY-MM-DD` */
  readonly asOf: string | undefined;
  readonly judgedOn: () => string;
}

export function targetFacts(target: Target, { fleet, asOf, judgedOn }: FactsOptions): TargetFacts {
  const judged = provedVerdict(target, judgedOn);
  const capacity = capacityReportOf(target, fleet);
  const cost = costEstimate(costOf(target, asOf));
  const warnings = fleetWarnings(fleet, asOf === undefined ? {} : { asOf }, [target]);
  const open = openPoints({ target, judged, capacity, cost, warnings });
  const { errors } = countLevels(judged.guardrails.findings);
  return { judged, capacity, cost, open, verdict: verdictOf(open, errors) };
}

/** The subnet of which the largest share is needed. */
export function fullestSubnet({
  zones,
}: Pick<CapacityReport, "zones">): (SubnetReport & { readonly zone: string }) | undefined {
  const all = zones.flatMap(({ zone, subnets }) => subnets.map((subnet) => ({ ...subnet, zone })));
  return all.reduce<(typeof all)[number] | undefined>(
    (fullest, each) => (fullest === undefined || shareOf(each) > shareOf(fullest) ? each : fullest),
    undefined,
  );
}

/** 1 where it is full, above 1 where it is too small. */
export function shareOf({ need, usable }: Pick<SubnetReport, "need" | "usable">): number {
  return usable > 0 ? need / usable : need > 0 ? Infinity : 0;
}
