import { z } from "zod";
import { LARGEST_SUBNET_PREFIX, SMALLEST_SUBNET_PREFIX } from "../../ip-capacity/subnet-layout";
import { cidr, reason, retentionDays, targetName, zoneName } from "./common";

const subnetTier = z.union(
  [
    z.strictObject({
      prefix: z
        .number()
        .int()
        .min(LARGEST_SUBNET_PREFIX)
        .max(SMALLEST_SUBNET_PREFIX)
        .describe("Prefix length of the subnet in each zone (16 to 28); its place follows from VPC, zone and tier."),
    }),
    z.strictObject({
      cidrs: z.record(zoneName, cidr).describe("The subnet of each zone, given by hand."),
    }),
  ],
  "is neither { prefix: 22 } nor { cidrs: { <zone>: <cidr> } }; write one of them",
);

const subnetsSchema = z
  .strictObject({
    public: subnetTier.optional().describe("Internet-facing load balancers and NAT gateways. Default: with NAT egress."),
    nodes: subnetTier.optional().describe("Nodes, and internal load balancers."),
    pods: subnetTier.optional().describe("Pods, apart from nodes. Only for CNI modes that give pods VPC addresses."),
    controlPlane: subnetTier.optional().describe("Network interfaces of the EKS control plane. AWS recommends 16 free addresses."),
  })
  .prefault({})
  .describe("Subnets by tier, one in every zone. Left out: laid out from the VPC.");

const egressSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("nat-per-zone").describe("A NAT gateway in each zone: a zone's loss stays in that zone."),
      elasticIps: z
        .record(zoneName, z.string().regex(/^eipalloc-[0-9a-f]+$/, "is no allocation id; write for example eipalloc-0a1b2c3d"))
        .optional()
        .describe("Own Elastic IPs by zone, for partners' allow-lists. Default: new ones."),
    }),
    z.strictObject({
      kind: z.literal("nat-single").describe("One NAT gateway. All zones lose egress with its zone."),
      reason: reason.optional().describe("Why one is enough. Required in production."),
    }),
    z.strictObject({
      kind: z.literal("none").describe("No way to the internet: AWS by endpoints only, images from images.mirror."),
    }),
  ])
  .default({ kind: "nat-per-zone" })
  .describe("How traffic leaves the VPC.");

const endpointsSchema = z
  .strictObject({
    set: z
      .enum(["standard", "isolated", "gateway-only"])
      .default("standard")
      .describe("standard: what nodes and the platform call; isolated: also what they would reach by NAT; gateway-only: S3."),
    additional: z
      .array(z.string().regex(/^[a-z0-9.-]+$/, "is no AWS service name; write for example bedrock-runtime"))
      .default([])
      .describe("Further interface endpoints by service name."),
  })
  .prefault({})
  .describe("VPC endpoints. S3 always has its gateway endpoint, which costs nothing.");

const flowLogsSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("cloudwatch").describe("To CloudWatch Logs, encrypted with a key of its own."),
      retentionDays: retentionDays.default(90).describe("Days to keep them."),
    }),
    z.strictObject({ kind: z.literal("none").describe("No flow logs."), reason }),
  ])
  .prefault({ kind: "cloudwatch" })
  .describe("VPC flow logs of accepted and rejected traffic.");

const connectionsSchema = z
  .strictObject({
    peers: z.array(targetName).default([]).describe("Targets whose VPC is connected with this one: nothing may overlap."),
    onPremises: z
      .strictObject({ cidrs: z.array(cidr).min(1).describe("Address ranges on premises.") })
      .optional()
      .describe("What is reached over Direct Connect or VPN: nothing may overlap."),
  })
  .prefault({})
  .describe("Networks that this one is connected with.");

export const networkSchema = z
  .strictObject({
    vpcCidr: cidr
      .refine(({ prefix }) => prefix >= 16 && prefix <= 28, "has a prefix that no VPC can have; write /16 to /28")
      .describe("IPv4 range of the VPC, /16 to /28."),
    zones: z
      .array(zoneName)
      .min(2, "has too few zones; EKS needs two, and production three")
      .describe("Availability zones. Order does not matter; adding or removing one leaves the others as they are."),
    zoneBlocks: z
      .union([z.literal(4), z.literal(8)], "is neither 4 nor 8")
      .default(4)
      .describe("Into how many blocks the VPC is cut, one for each zone letter: 4 (zones a to d) or 8."),
    subnets: subnetsSchema,
    egress: egressSchema,
    endpoints: endpointsSchema,
    flowLogs: flowLogsSchema,
    connections: connectionsSchema,
  })
  .describe("The VPC.");

export type NetworkConfig = z.output<typeof networkSchema>;
export type SubnetTierConfig = z.output<typeof subnetTier>;
