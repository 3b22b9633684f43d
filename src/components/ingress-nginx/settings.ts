import { z } from "zod";
import { NGINX_CPU_PERCENT, NGINX_REPLICAS } from "../../facts/defaults";
import { reason } from "../../config/schema/common";

const percent = z.number().int().min(1).max(100).optional();

const replicas = z.number().int().min(1).max(100);

const autoscaling = z
  .strictObject({
    min: replicas.default(2).describe("Least number of replicas."),
    max: replicas.describe("Greatest number of replicas.").meta({ examples: [8] }),
    cpuPercent: percent.describe(
      `CPU in use, in percent of the 100m that each requests, above which there are more replicas. Default: ${NGINX_CPU_PERCENT}, unless memoryPercent is there.`,
    ),
    memoryPercent: percent.describe(
      "Memory in use, in percent of the 128 MiB that each requests, above which there are more replicas. Default: memory doesn't count.",
    ),
  })
  .refine(({ min, max }) => min <= max, "has min above max; write at least min as max")
  .transform(({ cpuPercent, memoryPercent, ...each }) => ({
    ...each,
    ...(memoryPercent !== undefined && { memoryPercent }),
    ...((cpuPercent !== undefined || memoryPercent === undefined) && {
      cpuPercent: cpuPercent ?? NGINX_CPU_PERCENT,
    }),
  }));

export const nginx = z
  .strictObject({
    reason: reason("rewrites of the old shop, moved to routes by May: WEB-811"),
    replicas: replicas
      .optional()
      .describe(`Number of replicas of the controller. Default: ${NGINX_REPLICAS}.`),
    autoscaling: autoscaling
      .optional()
      .describe("Replicas by load, by an HPA of the metrics server's figures. Default: replicas."),
  })
  .transform(({ replicas: fixed, autoscaling: byLoad, ...nginx }, context) => {
    if (byLoad !== undefined && fixed !== undefined)
      context.addIssue({
        code: "custom",
        path: ["replicas"],
        message: "is undone by autoscaling; remove one of them",
      });
    return {
      ...nginx,
      scaling:
        byLoad === undefined
          ? ({ kind: "fixed", replicas: fixed ?? NGINX_REPLICAS } as const)
          : ({ kind: "by-load", ...byLoad } as const),
    };
  })
  .optional()
  .describe(
    "ingress-nginx, retired by its maintainers in March 2026: faults found since then are not fixed. What replaces it: traffic (Gateway API or Istio), or ingresses of the class alb. Default: none.",
  );

export type NginxScaling = NonNullable<z.output<typeof nginx>>["scaling"];
