import { z } from "zod";
import { shortName } from "../common";
import { certificateArn } from "../ingress";

export const serviceIngressSchema = z
  .strictObject({
    class: z
      .enum(["alb", "alb-public", "nginx"])
      .default("alb")
      .describe(
        "alb is internal. alb-public takes the namespace in ingress.loadBalancers.publicNamespaces, nginx takes ingress.nginx.",
      ),
    group: shortName(63)
      .optional()
      .describe(
        "Services with one group share a load balancer, over namespaces too. Default: one of its own.",
      ),
    certificateArns: z
      .array(certificateArn)
      .default([])
      .describe("ACM certificates. Default: those of ingress.loadBalancers, or found by host name."),
    idleTimeoutSeconds: z
      .number()
      .int()
      .min(1)
      .max(4000)
      .optional()
      .describe("Seconds that a connection may be silent. Default: the load balancer's, 60."),
    healthCheck: z
      .strictObject({
        path: z
          .string()
          .regex(/^\/\S*$/, "is no path; write for example /readyz")
          .optional()
          .describe("What is asked. Default: /readyz; of gRPC, its health service."),
        intervalSeconds: z.number().int().min(5).max(300).default(15).describe("Seconds between two looks."),
        successCodes: z
          .string()
          .regex(/^\d+(-\d+)?(,\d+(-\d+)?)*$/, "is no list of codes; write for example 200 or 200,201")
          .optional()
          .describe("What is healthy. Default: 200; of gRPC, 0."),
      })
      .prefault({})
      .describe("Health check of the load balancer."),
    tlsSecret: shortName(253)
      .optional()
      .describe("nginx: secret with the certificate, in the service's namespace. An ALB takes ACM's."),
    maxBodySize: z
      .string()
      .regex(/^\d{1,4}[km]$/, "is no size; write for example 50m")
      .optional()
      .describe("nginx: largest body. Default: its own, 1m."),
  })
  .describe("What an Ingress has besides routes. With traffic.api: alb-ingress.");
