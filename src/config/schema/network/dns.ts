import { z } from "zod";
import { ipAddress, retentionDays } from "../common";

const domain = z
  .string()
  .regex(
    /^(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
    "is no domain; write lower-case labels without a dot at the end, for example internal.corp",
  )
  .meta({ examples: ["internal.corp"] });

const servers = z
  .array(ipAddress)
  .min(1, "has no server; write at least one IPv4 address")
  .max(6, "has too many servers; write at most 6");

const coreDns = z
  .strictObject({
    replicas: z
      .number()
      .int()
      .min(2)
      .max(100)
      .default(3)
      .describe("CoreDNS pods. With autoscaling they are its business."),
    autoscaling: z
      .strictObject({
        minReplicas: z.number().int().min(2).describe("Fewest CoreDNS pods."),
        maxReplicas: z.number().int().min(2).max(1000).describe("Most CoreDNS pods."),
      })
      .optional()
      .describe("EKS scales CoreDNS with nodes and CPUs. Default: off, a fixed number."),
    cpuRequest: z
      .string()
      .regex(/^\d+m?$/, "is no amount of CPU; write for example 100m")
      .default("100m")
      .describe("CPU that each CoreDNS pod asks for."),
    memoryMiB: z
      .number()
      .int()
      .min(70)
      .default(256)
      .describe("Memory limit of each CoreDNS pod in MiB; half of it is asked for."),
    stubZones: z
      .record(domain, servers)
      .default({})
      .describe(
        "Domains that CoreDNS asks other servers for, so for pods only. See forward for the whole VPC.",
      )
      .meta({ examples: [{ "internal.corp": ["10.0.0.2"] }] }),
  })
  .prefault({})
  .describe("CoreDNS, the DNS of the cluster.");

export const dnsSchema = z
  .strictObject({
    privateZones: z
      .array(domain)
      .default([])
      .describe("Private hosted zones for the VPC. One named like a public zone hides it (split horizon).")
      .meta({ examples: [["prod.acme.internal"]] }),
    forward: z
      .record(domain, servers)
      .default({})
      .describe("Domains that the VPC's resolver asks other servers for, by an outbound endpoint.")
      .meta({ examples: [{ "internal.corp": ["10.200.0.2"] }] }),
    resolverInbound: z
      .boolean()
      .default(false)
      .describe("An inbound endpoint, so that on-premises servers can ask for names of the VPC."),
    queryLogs: z.boolean().default(true).describe("Log the DNS queries of the VPC, encrypted."),
    queryLogRetentionDays: retentionDays.default(90).describe("Days to keep the query logs."),
    coreDns,
    nodeLocalCache: z
      .boolean()
      .default(false)
      .describe("A DNS cache on each node. With Cilium by a local redirect, else by iptables."),
  })
  .prefault({})
  .describe("Names: private zones, forwarding, query logs, CoreDNS.");

export type DnsConfig = z.output<typeof dnsSchema>;
