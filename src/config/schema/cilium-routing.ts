import { z } from "zod";
import { podLabels } from "./peers";
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
            address: ipAddress.describe(
              "IPv4 address of the router, which the nodes connect to on TCP port 179.",
            ),
            asn: asn.describe("Number of the router's autonomous system."),
            multihop: z
              .number()
              .int()
              .min(1)
              .max(255)
              .default(1)
              .describe(
                "Greatest number of hops to a router of another autonomous system. 1: it is in the nodes' subnet.",
              ),
            passwordSecret: shortName(63)
              .optional()
              .describe(
                "Secret in kube-system whose key `password` holds the TCP MD5 password. Default: none.",
              ),
          })
          .describe("A router that the nodes connect to."),
      )
      .refine((peers) => Object.keys(peers).length > 0, "has no router to tell anything; name one")
      .describe("Routers that the nodes connect to, by a name of your own.")
      .meta({ examples: [{ "rack-1": { address: "10.0.0.2", asn: 64513 } }] }),
    advertise: z
      .strictObject({
        pods: z
          .boolean()
          .default(false)
          .describe("Whether each node's share of the pod addresses is announced. Needs cilium-overlay."),
        services: z
          .array(cidr)
          .prefault([])
          .describe(
            "Ranges for Services of type LoadBalancer with loadBalancerClass io.cilium/bgp-control-plane, which are announced too.",
          )
          .meta({ examples: [["10.210.0.0/24"]] }),
      })
      .refine(
        ({ pods, services }) => pods || services.length > 0,
        "tells nothing; write pods: true, or services",
      )
      .describe("What the nodes announce to the routers."),
  })
  .optional()
  .describe(
    "Routes announced to routers by BGP, for networks that reach pods or services without a load balancer. Default: none.",
  );

export const egressGatewaySchema = z
  .strictObject({
    policies: z
      .record(
        shortName(63),
        z
          .strictObject({
            namespaces: z
              .array(shortName(63))
              .min(1)
              .describe("Namespaces of the pods that it applies to.")
              .meta({ examples: [["payments"]] }),
            pods: podLabels
              .optional()
              .describe("Only pods with these labels. Default: all of the namespaces.")
              .meta({ examples: [{ app: "settlement" }] }),
            destinations: z
              .array(cidr)
              .min(1)
              .describe("Ranges that are reached through the gateway.")
              .meta({ examples: [["203.0.113.0/24"]] }),
            except: z
              .array(cidr)
              .prefault([])
              .describe("Ranges within destinations that are reached without the gateway.")
              .meta({ examples: [["203.0.113.128/25"]] }),
            nodes: nodeLabels.describe(
              "Labels of the nodes that are gateways; one of them is used at a time, and its loss cuts the connections.",
            ),
          })
          .describe("Whose traffic leaves through which nodes."),
      )
      .refine((policies) => Object.keys(policies).length > 0, "sends nobody; name a policy")
      .describe("Whose traffic leaves through which nodes, by a name of your own."),
  })
  .optional()
  .describe(
    "Traffic of chosen pods leaves under the address of chosen nodes. Default: that of the pods' own nodes.",
  );
