import { z } from "zod";
import { LARGEST_SUBNET_PREFIX, SMALLEST_SUBNET_PREFIX } from "../../../ip-capacity/subnet-layout";
import { cidr, reason, zoneName } from "../common";

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
const fromSecondary = (example: string) => ({
  from: cidr
    .optional()
    .describe(
      "One of network.secondaryCidrs, for this tier alone: each zone has its whole block. Default: the VPC's range.",
    )
    .meta({ examples: [example] }),
});
const byCidrs = (example: string) => ({
  cidrs: z
    .record(zoneName, cidr)
    .describe("The subnet of each zone, chosen by hand. Changing one replaces the subnet.")
    .meta({ examples: [{ "us-east-1a": example }] }),
});
const NEITHER =
  "must be { prefix: 22 }, { prefix: 18, from: <secondary range> } or { cidrs: { <zone>: <cidr> } }";

/** What a reader sees written in a tier: a secondary range, and zone a's subnet of 10.0.0.0/16. */
interface TierExample {
  readonly from: string;
  readonly subnet: string;
}

const subnetTier = ({ from, subnet }: TierExample) =>
  z.union(
    [z.strictObject({ ...byPrefix, ...fromSecondary(from) }), z.strictObject(byCidrs(subnet))],
    NEITHER,
  );

const reservePrefixes = {
  reservePrefixes: z
    .union(
      [z.boolean(), z.number().int().min(1)],
      "must be true, false or a number of /28 blocks; write for example true",
    )
    .optional()
    .describe(
      "Reserve room for /28 prefixes, so that single addresses can't fragment it: true for what the nodes need, or the" +
        " number of /28 blocks in each zone. Default: true with prefix delegation, in the pods' subnets or, without any, the nodes'.",
    ),
};

/** A subnet that ENIs can get prefixes from. */
const prefixTier = ({ from, subnet }: TierExample) =>
  z.union(
    [
      z.strictObject({ ...byPrefix, ...fromSecondary(from), ...reservePrefixes }),
      z.strictObject({ ...byCidrs(subnet), ...reservePrefixes }),
    ],
    NEITHER,
  );

const CONTROL_PLANE: TierExample = { from: "10.3.0.0/24", subnet: "10.0.4.0/28" };

const sharedTier = z.strictObject({
  in: z
    .enum(["pods", "nodes"])
    .describe(
      "Tier whose subnets the interfaces are in. Rules that know the API server by its addresses then let pods or nodes there through, too. pods: network.subnets.pods; nodes: the nodes' subnets.",
    ),
  reason: reason("the network team gives no further ranges in this VPC: NET-204"),
});

export const subnetsSchema = z
  .strictObject({
    public: subnetTier({ from: "10.1.0.0/22", subnet: "10.0.8.0/24" })
      .optional()
      .describe(
        "Subnets of internet-facing load balancers and NAT gateways. Default: with NAT or firewall egress, /24 in a /16.",
      ),
    nodes: prefixTier({ from: "10.2.0.0/18", subnet: "10.0.16.0/20" })
      .optional()
      .describe(
        "Subnets of nodes, internal load balancers and endpoints. Default: the tier's whole share of each zone's block.",
      ),
    pods: prefixTier({ from: "100.64.0.0/16", subnet: "10.0.32.0/19" })
      .optional()
      .describe(
        "Subnets of pods, apart from nodes. Only for CNI modes that give pods VPC addresses. Default: none; pods with addresses of the VPC share the nodes' subnets.",
      ),
    controlPlane: z
      .union([...subnetTier(CONTROL_PLANE).options, sharedTier], {
        error: `${NEITHER}, or { in: pods, reason }`,
      })
      .optional()
      .describe(
        "Network interfaces of the EKS control plane. AWS recommends 16 free addresses. Default: /28.",
      ),
    firewall: subnetTier({ from: "10.4.0.0/24", subnet: "10.0.2.0/28" })
      .optional()
      .describe("Endpoints of the network firewall, for egress kind firewall. Default: /28."),
    transitGateway: subnetTier({ from: "10.5.0.0/24", subnet: "10.0.1.0/28" })
      .optional()
      .describe("Interfaces of the transit gateway, for egress kind transit-gateway. Default: /28."),
  })
  .prefault({})
  .describe(
    "Subnets by tier, one in every zone. Those left out are laid out from the VPC, around those that are written.",
  );

export type SubnetTierConfig = z.output<ReturnType<typeof subnetTier>>;
