import { runbookOfAlert } from "../../facts/runbooks";
import type { ChartValue } from "../chart-values";
import type { Manifest } from "../manifest";

export interface Alert {
  readonly alert: string;
  /** PromQL that has a result where something is wrong. */
  readonly expr: string;
  /** How long it has to be so. */
  readonly for: string;
  readonly severity: "critical" | "warning";
  readonly summary: string;
  readonly remedy: string;
}

/** Alerts of one subject as a PrometheusRule. */
export function rule(subject: string, alerts: readonly Alert[]): Manifest {
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PrometheusRule",
    metadata: { name: `octarine-${subject}` },
    spec: {
      groups: [
        {
          name: `octarine.${subject}`,
          rules: alerts.map(({ alert, expr, for: duration, severity, summary, remedy }): ChartValue => {
            const runbook = runbookOfAlert(alert);
            return {
              alert,
              expr,
              for: duration,
              labels: { severity },
              annotations: { summary, description: remedy, ...(runbook !== undefined && { runbook }) },
            };
          }),
        },
      ],
    },
  };
}
