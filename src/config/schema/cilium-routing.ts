import { z } from "zod";
import { podLabels } from "./allow";
import { cidr, ipAddress, shortName } from "./common";
import { labelMap } from "./labels";

const nodeLabels = labelMap
  .refine((all) => Object.keys(all).length > 0, "selects every node; name a label, or leave it out")
  .meta({ examples: [{ "acme.example/role": "router" }] });

/** RFC 6793; 0 and the last number are reserved (RFC 7607, RFC 7300). */
const asn = z.number().int().min(1).max(4_294_967_294);

export const bgpSchema = z
  .strictObject({
    asn: asn.describe("Number of the nodes' autonomous system. Private: 64512 to 65534, or from 4200000000."),
    nodes: nodeLabels.optional().describe("Only nodes with these labels speak BGP. Default: all."),
    peers: z
      .record(
        shortName(40),
        z
          .strictObject({
            address: ipAddress.describe("Address of the router."),
            asn: asn.describe("Its autonomous system."),
            multihop: z
              .number()
              .int()
              .min(1)
              .max(255)
              .default(1)
              .describe("Most hops to a router of another autonomous system. 1: it is in the nodes' subnet."),
            passwordSecret: shortName(63)
              .optional()
              .describe("Secret of kube-system whose key `password` is for TCP MD5. Default: none."),
          })
          .describe("A router that the nodes call."),
      )
      .refine((peers) => Object.keys(peers).length > 0, "has no router to tell anything; name one"),
    advertise: z
      .strictObject({
        pods: z
          .boolean()
          .default(false)
          .describe("Each node's share of pod addresses. Needs cilium-overlay."),
        services: z
          .array(cidr)
          .default([])
          .describe(
            "Ranges for Services of type LoadBalancer with loadBalancerClass io.cilium/bgp-control-plane, which are told too.",
          ),
      })
      .refine(
        ({ pods, services }) => pods || services.length > 0,
        "tells nothing; write pods: true, or services",
      ),
  })
  .optional()
  .describe("Routes told to routers by BGP. Default: none.");

export const egressGatewaySchema = z
  .strictObject({
    policies: z
      .record(
        shortName(63),
        z
          .strictObject({
            namespaces: z.array(shortName(63)).min(1).describe("Namespaces of the pods that it is for."),
            pods: podLabels
              .optional()
              .describe("Only pods with these labels. Default: all of the namespaces."),
            destinations: z.array(cidr).min(1).describe("Ranges that are reached by the gateway."),
            except: z.array(cidr).default([]).describe("Ranges within them that are not."),
            nodes: nodeLabels.describe(
              "Labels of the nodes that are gateways; one of them is used at a time.",
            ),
          })
          .describe("Whose traffic leaves by which nodes."),
      )
      .refine((policies) => Object.keys(policies).length > 0, "sends nobody; name a policy"),
  })
  .optional()
  .describe(
    "Traffic of chosen pods leaves under the address of chosen nodes. Default: of the pods' own nodes.",
  );
