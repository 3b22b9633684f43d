import { z } from "zod";
import { BALANCER_LOG_DAYS } from "../../facts/defaults";
import { needlessKeys } from "../../config/schema/chosen-key";
import { bucketName, shortName } from "../../config/schema/common";

export const certificateArn = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[0-9a-f-]{36}$/,
    "is not an ACM certificate; write arn:aws:acm:<region>:<account>:certificate/<id>",
  );

const accessLogs = z
  .strictObject({
    retentionDays: z
      .number()
      .int()
      .min(1)
      .max(3653)
      .optional()
      .describe(`Days that the stack's bucket keeps access logs. Default: ${BALANCER_LOG_DAYS}.`),
    bucket: bucketName
      .optional()
      .describe(
        "Bucket of your own, in the target's region, whose policy lets load balancers write. Default: one that the stack makes.",
      )
      .meta({ examples: ["acme-load-balancer-logs"] }),
    prefix: z
      .string()
      .regex(
        /^[A-Za-z0-9!_.*'()-]+(\/[A-Za-z0-9!_.*'()-]+)*$/,
        "is not a prefix of keys; write for example platform/prod, without a slash at either end",
      )
      .refine(
        (text) => !text.includes("AWSLogs"),
        "can't have AWSLogs in it, which Elastic Load Balancing adds itself",
      )
      .optional()
      .describe("Prefix of the keys in the bucket of your own. Default: none.")
      .meta({ examples: ["platform/prod"] }),
  })
  .transform(({ bucket, prefix, retentionDays }, context) => {
    if (bucket === undefined) {
      needlessKeys(
        { prefix },
        ["prefix"],
        "is for a bucket of your own; write bucket, or remove it",
        context,
      );
      return { kind: "made", retentionDays: retentionDays ?? BALANCER_LOG_DAYS } as const;
    }
    needlessKeys({ retentionDays }, ["retentionDays"], "is the bucket's own affair; remove it", context);
    return { kind: "given", bucket, ...(prefix !== undefined && { prefix }) } as const;
  });

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
    accessLogs: accessLogs
      .optional()
      .describe(
        "Access logs of load balancers: in a bucket that the stack makes, or in one of your own (bucket). Default: none.",
      ),
  })
  .prefault({})
  .describe("AWS Load Balancer Controller and its two ingress classes, alb (internal) and alb-public.");
