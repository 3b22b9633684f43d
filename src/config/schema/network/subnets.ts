import { z } from "zod";
import { LARGEST_SUBNET_PREFIX, SMALLEST_SUBNET_PREFIX } from "../../../ip-capacity/subnet-layout";
import { cidr, zoneName } from "../common";

const byPrefix = {
  prefix: z
    .number()
    .int()
    .min(LARGEST_SUBNET_PREFIX)
    .max(SMALLEST_SUBNET_PREFIX)
    .describe(
      "Prefix length of the subnet in each zone (16 to 28); its place follows from VPC, zone and tier.",
    ),
};
const fromSecondary = {
  from: cidr
    .optional()
    .describe(
      "One of network.secondaryCidrs, for this tier alone: each zone has its whole block. Default: the VPC's range.",
    ),
};
const byCidrs = { cidrs: z.record(zoneName, cidr).describe("The subnet of each zone, given by hand.") };
const NEITHER =
  "is neither { prefix: 22 }, { prefix: 18, from: <secondary range> } nor { cidrs: { <zone>: <cidr> } }; write one of them";

const subnetTier = z.union(
  [z.strictObject({ ...byPrefix, ...fromSecondary }), z.strictObject(byCidrs)],
  NEITHER,
);

const reservePrefixes = {
  reservePrefixes: z
    .union(
      [z.boolean(), z.number().int().min(1)],
      "is neither true, false nor a number of /28 blocks; write for example true",
    )
    .optional()
    .describe(
      "Reserve room for /28 prefixes, so that single addresses can't break it up: true for what the nodes need, or so" +
        " many blocks in each zone. Default: true with prefix delegation, in the pods' subnets or, without any, the nodes'.",
    ),
};

/** A subnet that ENIs can get prefixes from. */
const prefixTier = z.union(
  [
    z.strictObject({ ...byPrefix, ...fromSecondary, ...reservePrefixes }),
    z.strictObject({ ...byCidrs, ...reservePrefixes }),
  ],
  NEITHER,
);

export const subnetsSchema = z
  .strictObject({
    public: subnetTier
      .optional()
      .describe("Internet-facing load balancers and NAT gateways. Default: with NAT or firewall egress."),
    nodes: prefixTier.optional().describe("Nodes, and internal load balancers."),
    pods: prefixTier
      .optional()
      .describe("Pods, apart from nodes. Only for CNI modes that give pods VPC addresses."),
    controlPlane: subnetTier
      .optional()
      .describe("Network interfaces of the EKS control plane. AWS recommends 16 free addresses."),
    firewall: subnetTier
      .optional()
      .describe("Endpoints of the network firewall, for egress kind firewall. Default: /28."),
    transitGateway: subnetTier
      .optional()
      .describe("Interfaces of the transit gateway, for egress kind transit-gateway. Default: /28."),
  })
  .prefault({})
  .describe("Subnets by tier, one in every zone. Left out: laid out from the VPC.");

export type SubnetTierConfig = z.output<typeof subnetTier>;
