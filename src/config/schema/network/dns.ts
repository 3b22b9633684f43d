import { z } from "zod";
import { ipAddress, reason, retentionDays } from "../common";
import { shortOrMap } from "../short-or-map";

const domain = z
  .string()
  .regex(
    /^(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
    "is not a domain; write lower-case labels without a dot at the end, for example internal.corp",
  )
  .meta({ examples: ["internal.corp"] });

const servers = z
  .array(ipAddress)
  .min(1, "has no server; write at least one IPv4 address")
  .max(6, "has too many servers; write at most 6");

const replicaCount = z
  .number()
  .int()
  .min(2, "is too few; write at least 2, or DNS ends with one node")
  .max(1000);

const replicas = z
  .union(
    [
      replicaCount,
      z.strictObject({
        min: replicaCount.describe("Least number of CoreDNS pods, 2 or more."),
        max: replicaCount.describe("Greatest number of CoreDNS pods, 1000 at most."),
      }),
    ],
    { error: shortOrMap("must be a number of pods or { min: 3, max: 20 }") },
  )
  .default(3)
  .describe("Number of CoreDNS pods, or { min, max } between which EKS scales them with nodes and CPUs.");

const coreDns = z
  .strictObject({
    replicas,
    cpuMillicores: z
      .number()
      .int()
      .min(10)
      .max(16000)
      .default(100)
      .describe("CPU that each pod requests, in thousandths of a core."),
    memoryMiB: z
      .number()
      .int()
      .min(70)
      .max(65536)
      .default(256)
      .describe(
        "Memory limit of each pod in MiB; half of it is requested. A cluster with many services needs more: a pod that is killed for lack of memory answers nobody.",
      ),
    stubZones: z
      .record(domain, servers)
      .default({})
      .describe("Domains that CoreDNS asks other servers for: for pods only. For the whole VPC see forward.")
      .meta({ examples: [{ "internal.corp": ["10.0.0.2"] }] }),
  })
  .prefault({})
  .describe("CoreDNS, the DNS of the cluster.");

const cloudWatch = z.strictObject({
  kind: z.literal("cloudwatch").describe("To CloudWatch Logs, encrypted with a key of its own."),
  retentionDays: retentionDays
    .default(90)
    .describe("Days that CloudWatch keeps the query logs, one of the periods that it offers."),
});

const queryLogs = z
  .union(
    [
      z.literal(true).transform(() => cloudWatch.parse({ kind: "cloudwatch" })),
      z.discriminatedUnion("kind", [
        cloudWatch,
        z.strictObject({
          kind: z
            .literal("none")
            .describe("No query logs: which names a compromised pod looked up can't be found out later."),
          reason: reason("the central resolver logs queries: NET-203"),
        }),
      ]),
    ],
    { error: shortOrMap("must be true or { kind: cloudwatch | none, ... }") },
  )
  .prefault(true)
  .describe(
    "Log of the names that the VPC looks up, with who asks and what the answer is: true for CloudWatch with 90 days.",
  );

export const dnsSchema = z
  .strictObject({
    privateZones: z
      .array(domain)
      .default([])
      .describe(
        "Private hosted zones for the VPC. One named like a public zone hides it there (split horizon).",
      )
      .meta({ examples: [["prod.acme.internal"]] }),
    associatedZones: z
      .array(
        z
          .string()
          .regex(/^Z[A-Z0-9]{1,31}$/, "is not a hosted zone id; write for example Z0123456789ABCDEFGHIJ"),
      )
      .default([])
      .describe(
        "Existing private hosted zones that the VPC sees as well. One in another account has to authorize the VPC first.",
      )
      .meta({ examples: [["Z0123456789ABCDEFGHIJ"]] }),
    forward: z
      .record(domain, servers)
      .default({})
      .describe(
        "Domains that the VPC's resolver asks other servers for, by an outbound endpoint, which is billed by the hour.",
      )
      .meta({ examples: [{ "internal.corp": ["10.200.0.2"] }] }),
    resolverInbound: z
      .boolean()
      .default(false)
      .describe(
        "An inbound endpoint, so that servers on premises can ask for names of the VPC. Billed by the hour for each interface.",
      ),
    queryLogs,
    nodeLocalCache: z
      .boolean()
      .default(false)
      .describe(
        "A DNS cache on each node in front of CoreDNS. With Cilium it works by a local redirect, otherwise with kube-proxy in iptables mode.",
      ),
    coreDns,
  })
  .prefault({})
  .describe("Names: private zones, forwarding, query logs, CoreDNS.");

export type DnsConfig = z.output<typeof dnsSchema>;
