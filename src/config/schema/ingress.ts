import { z } from "zod";
import { ipAddress, reason, role, shortName } from "./common";
import { shortOrMap } from "./short-or-map";

const zoneId = z
  .string()
  .regex(/^Z[A-Z0-9]{5,31}$/, "is not a hosted zone's id; write for example Z0123456789ABCDEFGHIJ");

/** A hosted zone that records are written to, and who writes them. */
const hostedZone = z
  .union(
    [
      zoneId.transform((id) => ({ id, certificates: true, role: undefined, externalId: undefined })),
      z.strictObject({
        id: zoneId
          .describe("Route 53's id of the hosted zone.")
          .meta({ examples: ["Z0123456789ABCDEFGHIJ"] }),
        role: role
          .optional()
          .describe(
            "IAM role that may write the zone, for a zone of another account: external-dns and cert-manager assume it. Default: roles of their own.",
          )
          .meta({ examples: ["arn:aws:iam::444455556666:role/dns-writer"] }),
        externalId: z
          .string()
          .regex(
            /^[\w+=,.@:/-]{2,1224}$/,
            "must be 2 to 1224 letters, digits and +=,.@:/-; write what the role's trust policy asks for",
          )
          .optional()
          .describe(
            "External id that the role's trust policy asks for. external-dns sends it; cert-manager can't. Default: none.",
          ),
        certificates: z
          .boolean()
          .default(true)
          .describe("Whether cert-manager may prove names of the zone, where there is ingress.certificates."),
      }),
    ],
    {
      error: shortOrMap(
        "must be a hosted zone's id, or { id, role, externalId, certificates }; write one of them",
      ),
    },
  )
  .describe("Hosted zone.");

export const certificateArn = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[0-9a-f-]{36}$/,
    "is not an ACM certificate; write arn:aws:acm:<region>:<account>:certificate/<id>",
  );

const loadBalancersSchema = z
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
        "TLS versions and ciphers of load balancers, all with forward secrecy. ELBSecurityPolicy-TLS13-1-2-Res-2021-06: 1.2 and 1.3, no ciphers with CBC; ELBSecurityPolicy-TLS13-1-2-2021-06: those too; ELBSecurityPolicy-TLS13-1-3-2021-06: 1.3 alone, which old clients lack.",
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

export const ingressSchema = z
  .strictObject({
    loadBalancers: loadBalancersSchema,
    dns: z
      .strictObject({
        zones: z
          .record(
            z
              .string()
              .regex(/^([a-z0-9-]+\.)+[a-z]{2,}$/, "is not a domain name; write for example example.com"),
            hostedZone,
          )
          .describe(
            "Route 53 hosted zones by domain name: the only ones that records are written to. An id, or { id, role } for a zone of another account.",
          )
          .meta({ examples: [{ "example.com": "Z0123456789ABCDEFGHIJ" }] }),
        deleteRecords: z
          .boolean()
          .default(false)
          .describe(
            "Whether records of what is gone are deleted, too. Default: false; records are only made and changed.",
          ),
      })
      .optional()
      .describe(
        "external-dns: names of load balancers in Route 53. Default: none; somebody else writes the records.",
      ),
    certificates: z
      .strictObject({
        email: z
          .string()
          .regex(
            /^[^@\s]+@[^@\s]+\.[^@\s]+$/,
            "is not an e-mail address; write for example platform@example.com",
          )
          .describe("Address of the account with Let's Encrypt: a mailbox that a team reads."),
        staging: z
          .boolean()
          .default(false)
          .describe(
            "Whether to use Let's Encrypt's staging service, for trials: browsers don't trust its certificates.",
          ),
        nameservers: z
          .array(ipAddress)
          .min(1, "has no server; write at least one IPv4 address, or leave it out")
          .optional()
          .describe(
            "Recursive name servers (UDP and TCP 53) that cert-manager asks whether its record is public. Default: 1.1.1.1 and 8.8.8.8 with a NAT kind of egress, else the VPC's resolver.",
          )
          .meta({ examples: [["10.200.0.2"]] }),
      })
      .optional()
      .describe("cert-manager with DNS-01 in the zones of ingress.dns. Default: ACM certificates only."),
    nginx: z
      .strictObject({ reason: reason("rewrites of the old shop, moved to routes by May: WEB-811") })
      .optional()
      .describe(
        "ingress-nginx, retired by its maintainers in March 2026: faults found since stay. Default: none.",
      ),
  })
  .optional()
  .describe("How traffic gets into the cluster. Default: not at all.");

export type IngressConfig = NonNullable<z.output<typeof ingressSchema>>;
export type DnsZones = NonNullable<IngressConfig["dns"]>["zones"];
