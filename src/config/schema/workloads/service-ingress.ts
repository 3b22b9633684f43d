import { z } from "zod";
import { shortName } from "../common";
import { certificateArn } from "../../../components/aws-load-balancer-controller/settings";

export const serviceIngressSchema = z
  .strictObject({
    class: z
      .enum(["alb", "alb-public", "nginx"])
      .default("alb")
      .describe(
        "Load balancer that callers come through. alb: internal; alb-public: faces the internet, and needs the namespace in ingress.loadBalancers.publicNamespaces; nginx: needs ingress.nginx.",
      ),
    group: shortName(63)
      .optional()
      .describe(
        "Services of one group share a load balancer, across namespaces too. Default: one of its own.",
      ),
    certificateArns: z
      .array(certificateArn)
      .default([])
      .describe(
        "ARNs of ACM certificates of the load balancer. Default: those of ingress.loadBalancers, or found by host name.",
      ),
    idleTimeoutSeconds: z
      .number()
      .int()
      .min(1)
      .max(4000)
      .optional()
      .describe("Seconds that a connection may be idle. Default: the load balancer's, 60."),
    healthCheck: z
      .strictObject({
        path: z
          .string()
          .regex(/^\/\S*$/, "is not a path; write for example /readyz")
          .optional()
          .describe("Path that the load balancer requests. Default: /readyz; for gRPC, its health service."),
        intervalSeconds: z
          .number()
          .int()
          .min(5)
          .max(300)
          .default(15)
          .describe("Seconds between two checks of a pod."),
        successCodes: z
          .string()
          .regex(/^\d+(-\d+)?(,\d+(-\d+)?)*$/, "is not a list of codes; write for example 200 or 200,201")
          .optional()
          .describe("Status codes of a healthy pod. Default: 200; for gRPC, 0."),
      })
      .prefault({})
      .describe("Health check of the load balancer."),
    tlsSecret: shortName(253)
      .optional()
      .describe(
        "nginx: secret with the certificate, in the service's namespace. An ALB uses ACM's. Default: none.",
      ),
    maxBodySize: z
      .string()
      .regex(/^\d{1,4}[km]$/, "is not a size; write for example 50m")
      .optional()
      .describe("nginx: largest body of a request, in k or m; larger ones get 413. Default: its own, 1m."),
  })
  .describe(
    "What an Ingress has besides routes. For traffic.api: alb-ingress. Default: every key at its default.",
  );
