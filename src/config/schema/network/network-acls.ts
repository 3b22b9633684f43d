import { z } from "zod";
import { reason } from "../common";
import { shortOrMap } from "../short-or-map";

const lowPort = z
  .number()
  .int()
  .min(1, "is not a port below 1024; write 1 to 1023 (1024 and above pass as return traffic)")
  .max(1023, "is not a port below 1024; write 1 to 1023 (1024 and above pass as return traffic)");

const baseline = z.strictObject({
  kind: z.literal("baseline").describe("The platform's rules for public, node and control-plane subnets."),
  ingressPorts: z
    .array(
      lowPort.refine(
        (port) => port !== 22,
        "is SSH, which the baseline keeps out; use Session Manager, which needs no open port",
      ),
    )
    .default([])
    .describe("TCP ports below 1024 that load balancers listen on for the world, besides 80 and 443.")
    .meta({ examples: [[636]] }),
  egressPorts: z
    .array(lowPort)
    .default([])
    .describe("TCP ports below 1024 that are called on the internet, besides 80, 443 and DNS.")
    .meta({ examples: [[587]] }),
  rulesPerDirection: z
    .number()
    .int()
    .min(20)
    .max(40)
    .default(20)
    .describe(
      "The account's quota: number of rules in one direction (L-2AEEBF1A), the default deny included. AWS raises it to at most 40; more rules slow packets down.",
    ),
});

export const networkAclsSchema = z
  .union(
    [
      z.literal("baseline").transform(() => baseline.parse({ kind: "baseline" })),
      z.discriminatedUnion("kind", [
        baseline,
        z.strictObject({
          kind: z.literal("none").describe("The VPC's default network ACL, which lets everything pass."),
          reason: reason("network ACLs come from the landing zone: NETOPS-77"),
        }),
      ]),
    ],
    { error: shortOrMap("must be baseline or { kind: baseline | none, ... }") },
  )
  .prefault("baseline")
  .describe("Network ACLs: stateless rules at the edges of the subnets, behind the security groups.");

export type NetworkAclsConfig = z.output<typeof networkAclsSchema>;
