import { z } from "zod";
import { bgpSchema, egressGatewaySchema } from "./cilium-routing";
import { cidr, reason } from "./common";
import { noSecurityGroupsForPods, securityGroupsForPodsSchema } from "./security-groups-for-pods";

const encryption = z
  .enum(["none", "wireguard"])
  .default("none")
  .describe(
    "Encryption of traffic between nodes. none: only AWS's own, for traffic between current Nitro instances; wireguard: Cilium's as well, at the cost of some throughput.",
  );

const hubble = z
  .strictObject({
    relay: z
      .boolean()
      .default(true)
      .describe("Hubble relay, which collects the flows of all nodes in one place."),
    ui: z.boolean().default(true).describe("Hubble UI, a map of flows in the browser. Needs the relay."),
    metrics: z
      .array(
        z.string().regex(/^[a-zA-Z0-9-]+(:.*)?$/, "is not a Hubble metric; write for example dns or flow"),
      )
      .default(["dns", "drop", "tcp", "flow", "port-distribution", "icmp", "httpV2"])
      .describe(
        "Hubble metrics for Prometheus, each a name, with options after a colon. More labels make more series.",
      ),
  })
  .prefault({})
  .describe("Hubble, Cilium's view of network flows.");

const gatewayApi = z
  .strictObject({
    enabled: z
      .boolean()
      .default(false)
      .describe(
        "Gateway API: its definitions and Cilium's GatewayClass `cilium`. Needs the file of npx octarine vendor gateway-api.",
      ),
  })
  .prefault({})
  .describe("Cilium as an implementation of the Gateway API.");

const kubeProxy = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("nftables").describe("Stable since Kubernetes 1.33.") }),
    z.strictObject({ kind: z.literal("iptables").describe("What EKS uses by default.") }),
    z.strictObject({
      kind: z.literal("ipvs").describe("Deprecated since Kubernetes 1.35 (KEP-5495)."),
      reason: reason("our load tests are of ipvs; nftables by June: PLAT-268"),
    }),
  ])
  .default({ kind: "nftables" })
  .describe("Data plane of kube-proxy. Changing it restarts kube-proxy on every node.");

const addressMode = z
  .enum(["secondary-ip", "prefix"])
  .default("prefix")
  .describe(
    "How an ENI gets pod addresses. secondary-ip: one by one; prefix: in blocks of /28, for more pods, from contiguous space in the subnet.",
  );

/** What the VPC CNI can do, alone and with Cilium behind it. */
const vpcCniOptions = {
  addressMode,
  customNetworking: z
    .boolean()
    .default(false)
    .describe(
      "Pods get addresses from network.subnets.pods, by an ENIConfig for each zone. It costs each node one of its ENIs for pods.",
    ),
  externalSnat: z
    .boolean()
    .default(false)
    .describe(
      "Pods leave the VPC under their own addresses. Default: under their node's, which connected networks can route.",
    ),
  securityGroupsForPods: securityGroupsForPodsSchema,
  kubeProxy,
};

export const cniSchema = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z
        .literal("cilium-eni")
        .describe("Cilium; pods have VPC addresses, native routing, no kube-proxy."),
      prefixDelegation: z
        .boolean()
        .default(true)
        .describe(
          "Whether ENIs get /28 prefixes, 16 addresses in place of one: many more pods per node, from contiguous space in the subnet.",
        ),
      encryption,
      hubble,
      gatewayApi,
      bgp: bgpSchema,
      securityGroupsForPods: noSecurityGroupsForPods,
    }),
    z.strictObject({
      kind: z
        .literal("cilium-overlay")
        .describe("Cilium; pods have addresses of their own, packets are encapsulated."),
      podCidr: cidr
        .describe(
          "Range of pod addresses, outside every connected network. Can't be changed later without new nodes: size it for all that may come.",
        )
        .meta({ examples: ["100.64.0.0/11"] }),
      nodeMask: z
        .number()
        .int()
        .min(20)
        .max(28)
        .default(24)
        .describe(
          "Prefix length of each node's share of podCidr: 24 leaves room for some 250 pods per node. Once podCidr has no share left, no further node can join.",
        ),
      tunnel: z
        .enum(["geneve", "vxlan"])
        .default("geneve")
        .describe("Encapsulation of packets between nodes. geneve: on UDP 6081; vxlan: on UDP 8472."),
      routing: z
        .enum(["tunnel", "native"])
        .default("tunnel")
        .describe(
          "How packets get to pods of other nodes. tunnel: encapsulated; native: refused, because the VPC has no routes for addresses of the cluster's own pool (docs.cilium.io, Routing, Native-Routing: the network must be able to route them).",
        ),
      encryption,
      hubble,
      gatewayApi,
      bgp: bgpSchema,
      egressGateway: egressGatewaySchema,
      securityGroupsForPods: noSecurityGroupsForPods,
    }),
    z.strictObject({
      kind: z
        .literal("cilium-chaining")
        .describe("VPC CNI for addresses, Cilium chained behind it for policy and Hubble."),
      ...vpcCniOptions,
      hubble,
    }),
    z.strictObject({
      kind: z.literal("vpc-cni").describe("The Amazon VPC CNI add-on, with its own network policy agent."),
      ...vpcCniOptions,
      networkPolicy: z
        .boolean()
        .default(true)
        .describe(
          "Whether the add-on's agent enforces NetworkPolicy. Without it, policies exist and nothing enforces them.",
        ),
      warmPrefixTarget: z
        .number()
        .int()
        .min(0)
        .default(1)
        .describe(
          "Number of free /28 prefixes that each node keeps, in prefix mode. Fewer save addresses; more let pods start at once.",
        ),
      warmIpTarget: z
        .number()
        .int()
        .min(0)
        .optional()
        .describe(
          "Number of free addresses that each node keeps. It overrides the prefix target, and EC2 is called more often. Default: the CNI's own, whole interfaces or prefixes.",
        ),
      minimumIpTarget: z
        .number()
        .int()
        .min(0)
        .optional()
        .describe(
          "Number of addresses that a node takes at its start, for as many pods. Default: none; it takes them as pods come.",
        ),
    }),
  ])
  .prefault({ kind: "cilium-eni" })
  .describe(
    "How pods get addresses and reach each other. Changing the kind in a running cluster requires new nodes.",
  );

export type CniConfig = z.output<typeof cniSchema>;
