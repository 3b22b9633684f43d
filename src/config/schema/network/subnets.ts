import { z } from "zod";
import { LARGEST_SUBNET_PREFIX, SMALLEST_SUBNET_PREFIX } from "../../../ip-capacity/subnet-layout";
import { cidr, zoneName } from "../common";

const subnetTier = z.union(
  [
    z.strictObject({
      prefix: z
        .number()
        .int()
        .min(LARGEST_SUBNET_PREFIX)
        .max(SMALLEST_SUBNET_PREFIX)
        .describe(
          "Prefix length of the subnet in each zone (16 to 28); its place follows from VPC, zone and tier.",
        ),
      from: cidr
        .optional()
        .describe(
          "One of network.secondaryCidrs, for this tier alone: each zone has its whole block. Default: the VPC's range.",
        ),
    }),
    z.strictObject({
      cidrs: z.record(zoneName, cidr).describe("The subnet of each zone, given by hand."),
    }),
  ],
  "is neither { prefix: 22 }, { prefix: 18, from: <secondary range> } nor { cidrs: { <zone>: <cidr> } }; write one of them",
);

export const subnetsSchema = z
  .strictObject({
    public: subnetTier
      .optional()
      .describe("Internet-facing load balancers and NAT gateways. Default: with NAT egress."),
    nodes: subnetTier.optional().describe("Nodes, and internal load balancers."),
    pods: subnetTier
      .optional()
      .describe("Pods, apart from nodes. Only for CNI modes that give pods VPC addresses."),
    controlPlane: subnetTier
      .optional()
      .describe("Network interfaces of the EKS control plane. AWS recommends 16 free addresses."),
  })
  .prefault({})
  .describe("Subnets by tier, one in every zone. Left out: laid out from the VPC.");

export type SubnetTierConfig = z.output<typeof subnetTier>;
