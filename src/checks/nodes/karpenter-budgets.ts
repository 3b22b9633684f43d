import { longestGapMinutes, parseCron } from "../../config/cron";
import type { NodePoolConfig } from "../../components/karpenter/settings";
import type { ConfigPath } from "../../config/read/source-node";
import type { Finding } from "../finding";

type Budget = NodePoolConfig["budgets"][number];

const REASONS = ["Drifted", "Underutilized", "Empty"] as const;

/**
 * Budgets of none that hold all the time. The strictest budget counts, for its reasons (sigs.k8s.io/karpenter v1.14.1,
 * pkg/apis/v1/nodepool.go, GetAllowedDisruptionsByReason), so what one of them forbids never happens.
 */
export function budgetFindings(path: ConfigPath, { budgets }: NodePoolConfig): Finding[] {
  return budgets.flatMap((budget, index): Finding[] => {
    if (budget.percent !== 0 && budget.nodes !== 0) return [];
    const at = [...path, "budgets", index];
    if (budget.schedule === undefined) {
      return [
        {
          path: at,
          message: `${never(budget)}; write a schedule and a duration, or more than 0`,
          ...WARNING,
        },
      ];
    }
    if (longestGapMinutes(parseCron(budget.schedule)) > minutesOf(budget.duration)) return [];
    const message = `holds until its schedule comes again, so ${never(budget)}; write a shorter duration`;
    return [{ path: [...at, "duration"], message, ...WARNING }];
  });
}

const WARNING = { severity: "warning", rule: "KARPENTER-NO-DISRUPTION" } as const;

function never({ reasons = [...REASONS] }: Budget): string {
  const meant = {
    Drifted: "never moves nodes to a new AMI or class",
    Underutilized: "never consolidates",
    Empty: "never removes empty nodes",
  } as const;
  const said = REASONS.filter((reason) => reasons.includes(reason)).map((reason) => meant[reason]);
  return `Karpenter ${said.join(", ")} (only expireAfter ends a node)`;
}

function minutesOf(duration: string): number {
  const [, hours = "0", minutes = "0"] = /^(?:(\d+)h)?(?:(\d+)m)?$/.exec(duration) ?? [];
  return Number(hours) * 60 + Number(minutes);
}
