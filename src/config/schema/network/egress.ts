import { z } from "zod";
import { reason, retentionDays, zoneName } from "../common";

const allocationId = z
  .string()
  .regex(/^eipalloc-[0-9a-f]+$/, "is not an allocation id; write for example eipalloc-0a1b2c3d");

const elasticIps = z
  .record(zoneName, allocationId)
  .optional()
  .describe(
    "Allocation ids of your own Elastic IPs by zone, so that partners' allow-lists outlast a rebuild. Default: new ones.",
  )
  .meta({ examples: [{ "us-east-1a": "eipalloc-0a1b2c3d" }] });

const publicAddresses = z
  .array(z.ipv4("is not an IPv4 address; write for example 203.0.113.10"))
  .default([])
  .describe(
    "Addresses that partners see this target under, as given by the owner of the way out. They are published, not created.",
  )
  .meta({ examples: [["203.0.113.10"]] });

const transitGatewayId = z
  .string()
  .regex(/^tgw-[0-9a-f]{8,17}$/, "is not a transit gateway id; write for example tgw-0123456789abcdef0")
  .meta({ examples: ["tgw-0123456789abcdef0"] });

/**
 * Most domains of a firewall. A domain takes at most two rules, one for HTTP and one for TLS, and the capacity of the
 * rule group can't be changed later (Network Firewall Developer Guide, "Setting rule group capacity").
 */
export const MOST_DOMAINS = 400;

const domain = z
  .string()
  .regex(
    /^\.?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]*[a-z][a-z0-9-]*$/,
    "is not a domain; write api.example.com, or .example.com for it and all below it",
  );

/** Forms that Go, curl and Python all understand: no `*`, no ports, no spaces. */
const noProxyEntry = z
  .string()
  .regex(
    /^(\.?([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)*[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?|\d+\.\d+\.\d+\.\d+\/\d+)$/,
    "can't stand in NO_PROXY; write a host, .suffix, address or CIDR, without * and port",
  );

const proxyUrl = z
  .string()
  .regex(
    /^https?:\/\/[A-Za-z0-9.-]+:\d{1,5}$/,
    "is not a proxy URL; write http://host:port, without a path, and without user and password: user data is not secret",
  )
  .meta({ examples: ["http://proxy.corp.example:3128"] });

export const egressSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z
        .literal("nat-per-zone")
        .describe("A NAT gateway in each zone: a zone's loss stays in that zone."),
      elasticIps,
    }),
    z.strictObject({
      kind: z.literal("nat-single").describe("One NAT gateway. All zones lose egress with its zone."),
      reason: reason("a sandbox: nobody is paged for it")
        .optional()
        .describe("Why one is enough, for reviewers. Needed in production. Default: none."),
    }),
    z.strictObject({
      kind: z
        .literal("firewall")
        .describe("AWS Network Firewall in each zone admits the domains listed; NAT gateways behind it."),
      domains: z
        .array(domain)
        .min(1, "admits nothing; list the domains that may be called, or write kind: none")
        .max(MOST_DOMAINS, `has more domains than the rule group holds; keep ${MOST_DOMAINS}`)
        .describe("Domains that may be called by HTTP (Host) and TLS (SNI); .example.com holds all below it.")
        .meta({ examples: [["api.example.com", ".quay.io"]] }),
      logRetentionDays: retentionDays
        .default(365)
        .describe(
          "Days that CloudWatch keeps the firewall's alert and flow logs, which are encrypted and billed by the GB.",
        ),
      elasticIps,
    }),
    z.strictObject({
      kind: z
        .literal("transit-gateway")
        .describe("Through a transit gateway to a central egress VPC. No internet gateway, no NAT here."),
      transitGatewayId: transitGatewayId.describe("Gateway that leads to the central egress VPC."),
      publicAddresses,
    }),
    z.strictObject({
      kind: z
        .literal("proxy")
        .describe("No default route: nodes and pods use an HTTP proxy, and reach AWS by endpoints."),
      httpsProxy: proxyUrl.describe("Proxy of HTTPS requests of nodes and pods, by CONNECT."),
      httpProxy: proxyUrl.optional().describe("Proxy of HTTP requests. Default: httpsProxy."),
      noProxy: z
        .array(noProxyEntry)
        .default([])
        .describe(
          "What is reached directly besides the VPC, the cluster, on-premises ranges and AWS endpoints: hosts, .suffixes, addresses, CIDRs.",
        )
        .meta({ examples: [[".corp.example", "10.201.0.0/16"]] }),
      publicAddresses,
    }),
    z.strictObject({
      kind: z
        .literal("none")
        .describe("No way to the internet: AWS by endpoints only, images from images.mirror."),
    }),
  ])
  .default({ kind: "nat-per-zone" })
  .describe(
    "How traffic leaves the VPC. Kinds other than NAT need endpoints or a mirror for what nodes pull.",
  );

export type EgressConfig = z.output<typeof egressSchema>;
