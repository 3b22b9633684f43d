import { z } from "zod";
import { storedSecret } from "../../config/schema/stored-secret";

export const prometheus = z
  .strictObject({
    replicas: z
      .number()
      .int()
      .min(1)
      .max(3)
      .default(2)
      .describe("Number of Prometheus servers, each with all data. 2 survive the loss of a zone."),
    retentionDays: z
      .number()
      .int()
      .min(1)
      .max(365)
      .default(15)
      .describe("Days that metrics are kept, if the volume has room for them."),
    storageGiB: z
      .number()
      .int()
      .min(10)
      .max(16384)
      .default(100)
      .describe(
        "Size of each server's encrypted gp3 volume in GiB. The oldest metrics go when it is 85 % full.",
      ),
    memoryGiB: z
      .number()
      .int()
      .min(1)
      .max(256)
      .optional()
      .describe(
        "Memory that each server requests, in GiB; it may use twice that. Default: 1 GiB, plus 64 MiB for each node that the groups want.",
      ),
    grafana: z
      .strictObject({
        adminSecret: storedSecret("prod/platform/grafana").describe(
          "Administrator of Grafana: a secret in AWS whose JSON has the fields username and password.",
        ),
        storageGiB: z
          .number()
          .int()
          .min(1)
          .max(1024)
          .default(10)
          .describe("Size of Grafana's encrypted gp3 volume in GiB."),
      })
      .optional()
      .describe("Grafana with the dashboards of Kubernetes, and of Cilium and Hubble. Default: none."),
  })
  .optional()
  .describe("Prometheus, Alertmanager and the platform's alerts. Default: none.");
