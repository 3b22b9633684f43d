import { z } from "zod";
import { overlaps, parseCidr } from "../../../ip-capacity/cidr";
import { cidr, zoneName } from "../common";
import { connectionsSchema } from "./connections";
import { dnsSchema } from "./dns";
import { egressSchema } from "./egress";
import { endpointsSchema } from "./endpoints";
import { flowLogsSchema } from "./flow-logs";
import { existingNetworkSchema } from "./existing";
import { ipv6Schema } from "./ipv6";
import { networkAclsSchema } from "./network-acls";
import { subnetsSchema } from "./subnets";

/** Ranges that no host has for its own (RFC 6890): AWS's link-local addresses (metadata, DNS, Pod Identity) are among them. */
const NOT_FOR_HOSTS = ["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4"].map(
  (text) => parseCidr(text),
);

const vpcRange = cidr
  .refine(({ prefix }) => prefix >= 16 && prefix <= 28, "has a prefix that no VPC can have; write /16 to /28")
  .refine(
    (range) => !NOT_FOR_HOSTS.some((each) => overlaps(each, range)),
    "lies where no host can have an address (this network, loopback, link-local or multicast), and AWS's metadata and DNS are at link-local ones; write a range of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16",
  );

export const networkSchema = z
  .strictObject({
    vpcCidr: vpcRange.describe(
      "IPv4 range of the VPC, /16 to /28. Can't be changed later, and must not overlap with any network that it is connected to.",
    ),
    secondaryCidrs: z
      .array(vpcRange)
      .prefault([])
      .describe(
        "Further IPv4 ranges of the VPC, /16 to /28, for tiers that refer to one by from or cidrs: pods in 100.64.0.0/10.",
      )
      .meta({ examples: [["100.64.0.0/16"]] }),
    ipv6: ipv6Schema,
    zones: z
      .array(zoneName)
      .min(2, "has too few zones; EKS needs two, and production three")
      .describe(
        "Availability zones of nodes, pods and endpoints. Order does not matter; adding one leaves the subnets of the others as they are. To remove one that has nodes, move it to retiringZones first.",
      )
      .meta({ examples: [["us-east-1a", "us-east-1b", "us-east-1c"]] }),
    controlPlaneZones: z
      .array(zoneName)
      .min(2, "has too few zones; EKS puts a control plane in two or more")
      .optional()
      .describe(
        "Zones of the control plane's network interfaces. EKS accepts no others once the cluster exists, so they stay, whatever zones says. Default: zones, where those are two or three; with more, or with retiringZones, required.",
      )
      .meta({ examples: [["us-east-1a", "us-east-1b", "us-east-1c"]] }),
    retiringZones: z
      .array(zoneName)
      .default([])
      .describe(
        "Zones on their way out of zones: nodes, pods, endpoints and load balancers leave them, and their subnets stay until the zone is in neither list.",
      )
      .meta({ examples: [["us-east-1c"]] }),
    zoneBlocks: z
      .union([z.literal(4), z.literal(8)], "must be 4 or 8")
      .default(4)
      .describe(
        "Number of blocks that the VPC is cut into, one for each zone letter: 4 (zones a to d) or 8, with half the addresses each. Changing it moves every subnet.",
      ),
    subnets: subnetsSchema,
    existing: existingNetworkSchema,
    egress: egressSchema,
    endpoints: endpointsSchema,
    flowLogs: flowLogsSchema,
    networkAcls: networkAclsSchema,
    dns: dnsSchema,
    connections: connectionsSchema,
  })
  .describe("The VPC: ranges, zones, subnets, ways in and out, DNS.");

export type NetworkConfig = z.output<typeof networkSchema>;
