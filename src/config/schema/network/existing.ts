import { z } from "zod";
import { zoneName } from "../common";

const id = (prefix: string, what: string, example: string) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}-[0-9a-f]{8,17}$`), `is not ${what}; write for example ${example}`)
    .meta({ examples: [example] });

const subnetId = id("subnet", "a subnet's id", "subnet-0a1b2c3d4e5f60718");
const routeTableId = id("rtb", "a route table's id", "rtb-0a1b2c3d4e5f60718");

const byZone = (example: string) =>
  z.record(zoneName, subnetId).meta({ examples: [{ "us-east-1a": example }] });

/** A VPC that somebody else made, and what the cluster takes of it. */
export const existingNetworkSchema = z
  .strictObject({
    vpcId: id("vpc", "a VPC's id", "vpc-0a1b2c3d4e5f60718").describe(
      "The VPC. Its ranges are written in vpcCidr and secondaryCidrs, and a plan compares them.",
    ),
    subnets: z
      .strictObject({
        public: byZone("subnet-0d1b2c3d4e5f60718")
          .optional()
          .describe("Subnets of internet-facing load balancers by zone. Default: none."),
        nodes: byZone("subnet-0a1b2c3d4e5f60718").describe(
          "Subnets of nodes, internal load balancers and endpoints by zone.",
        ),
        pods: byZone("subnet-0b1b2c3d4e5f60718")
          .optional()
          .describe("Subnets of pods by zone, apart from nodes. Default: none; they share the nodes'."),
        controlPlane: byZone("subnet-0c1b2c3d4e5f60718")
          .optional()
          .describe(
            "Subnets of the control plane's interfaces by zone. Default: none, where network.subnets.controlPlane shares those of nodes or pods.",
          ),
      })
      .describe(
        "Ids of the subnets by tier and zone. Their ranges are written in network.subnets.<tier>.cidrs, and a plan compares them, with zones, tags and free addresses.",
      ),
    routeTables: z
      .strictObject({
        nodes: z
          .record(zoneName, routeTableId)
          .describe("Route table of the subnets of nodes and pods by zone; one may serve several.")
          .meta({ examples: [{ "us-east-1a": "rtb-0a1b2c3d4e5f60718" }] }),
        controlPlane: routeTableId
          .optional()
          .describe(
            "Route table of the control plane's subnets. Default: none, where those are the nodes' or pods'.",
          ),
      })
      .describe(
        "Ids of the route tables: gateway endpoints and routes to connected networks go into them. Routes that they have already are not known.",
      ),
    vpcEndpoints: z
      .enum(["made", "existing"])
      .default("made")
      .describe(
        "Who makes the VPC endpoints. made: the network stack makes those of network.endpoints, which AWS refuses where the VPC has one of the same service with private DNS, or the route tables one of S3; existing: the VPC has them already.",
      ),
  })
  .optional()
  .describe(
    "A VPC of somebody else's, with its subnets, in place of one that the network stack makes. Default: none; the stack makes one.",
  );

export type ExistingNetworkConfig = NonNullable<z.output<typeof existingNetworkSchema>>;
