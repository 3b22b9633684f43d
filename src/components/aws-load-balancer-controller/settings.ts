import { z } from "zod";
import { shortName } from "../../config/schema/common";

export const certificateArn = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[0-9a-f-]{36}$/,
    "is not an ACM certificate; write arn:aws:acm:<region>:<account>:certificate/<id>",
  );

export const loadBalancers = z
  .strictObject({
    publicNamespaces: z
      .array(shortName(63))
      .default([])
      .describe(
        "Namespaces whose ingresses may use the class alb-public, which faces the internet. Default: none.",
      ),
    certificateArns: z
      .array(certificateArn)
      .default([])
      .describe(
        "ACM certificates of the classes. With one, HTTP is redirected to HTTPS. Default: found by host name.",
      ),
    tlsPolicy: z
      .enum([
        "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
        "ELBSecurityPolicy-TLS13-1-2-2021-06",
        "ELBSecurityPolicy-TLS13-1-3-2021-06",
      ])
      .default("ELBSecurityPolicy-TLS13-1-2-Res-2021-06")
      .describe(
        "TLS versions and ciphers of load balancers, all with forward secrecy. ELBSecurityPolicy-TLS13-1-2-Res-2021-06: 1.2 and 1.3, no ciphers with CBC; ELBSecurityPolicy-TLS13-1-2-2021-06: those too; ELBSecurityPolicy-TLS13-1-3-2021-06: 1.3 alone, which old clients don't have.",
      ),
    wafAclArn: z
      .string()
      .regex(
        /^arn:aws[a-z-]*:wafv2:[a-z0-9-]+:\d{12}:regional\/webacl\/[\w-]+\/[0-9a-f-]+$/,
        "is not a regional web ACL; write arn:aws:wafv2:<region>:<account>:regional/webacl/<name>/<id>",
      )
      .optional()
      .describe("AWS WAF web ACL of public load balancers, billed by rule and request. Default: none."),
    accessLogs: z
      .strictObject({
        retentionDays: z
          .number()
          .int()
          .min(1)
          .max(3653)
          .default(90)
          .describe("Days that the bucket keeps access logs."),
      })
      .optional()
      .describe("Access logs of load balancers, in a bucket that the stack makes. Default: none."),
  })
  .prefault({})
  .describe("AWS Load Balancer Controller and its two ingress classes, alb (internal) and alb-public.");
