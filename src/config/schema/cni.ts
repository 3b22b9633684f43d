import { z } from "zod";
import { bgpSchema, egressGatewaySchema } from "./cilium-routing";
import { cidr, reason } from "./common";
import { noSecurityGroupsForPods, securityGroupsForPodsSchema } from "./security-groups-for-pods";

const encryption = z
  .enum(["none", "wireguard"])
  .default("none")
  .describe(
    "Encryption of traffic between nodes. VPC traffic of current Nitro instances is encrypted by AWS as well.",
  );

const hubble = z
  .strictObject({
    relay: z.boolean().default(true).describe("Hubble relay: flows of all nodes in one place."),
    ui: z.boolean().default(true).describe("Hubble UI. Needs the relay."),
    metrics: z
      .array(z.string().regex(/^[a-zA-Z-]+(:.*)?$/, "is no Hubble metric; write for example dns or flow"))
      .default(["dns", "drop", "tcp", "flow", "port-distribution", "icmp", "httpV2"])
      .describe("Hubble metrics for Prometheus."),
  })
  .prefault({})
  .describe("Hubble, Cilium's view of network flows.");

const gatewayApi = z
  .strictObject({
    enabled: z
      .boolean()
      .default(false)
      .describe(
        "Gateway API: its definitions and Cilium's GatewayClass `cilium`. Needs the file of octarine vendor gateway-api.",
      ),
  })
  .prefault({})
  .describe("Cilium as implementation of the Gateway API.");

const kubeProxy = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("nftables").describe("Stable since Kubernetes 1.33.") }),
    z.strictObject({ kind: z.literal("iptables").describe("What EKS uses when nothing is said.") }),
    z.strictObject({
      kind: z.literal("ipvs").describe("Deprecated since Kubernetes 1.35 (KEP-5495)."),
      reason,
    }),
  ])
  .default({ kind: "nftables" })
  .describe("Data plane of kube-proxy.");

const addressMode = z
  .enum(["secondary-ip", "prefix"])
  .default("prefix")
  .describe(
    "How an ENI gets pod addresses: one by one, or /28 prefixes (more pods, contiguous space needed).",
  );

/** What the VPC CNI can do, alone and with Cilium behind it. */
const vpcCniOptions = {
  addressMode,
  customNetworking: z
    .boolean()
    .default(false)
    .describe(
      "Pods have addresses of network.subnets.pods, by an ENIConfig for each zone. Costs each node one ENI of pods.",
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
        .describe("ENIs get /28 prefixes: 16 addresses in place of one."),
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
      podCidr: cidr.describe("Range of pod addresses, outside everything connected, such as 100.64.0.0/11."),
      nodeMask: z
        .number()
        .int()
        .min(20)
        .max(28)
        .default(24)
        .describe("Prefix length of each node's share of podCidr."),
      tunnel: z.enum(["geneve", "vxlan"]).default("geneve").describe("Encapsulation between nodes."),
      routing: z
        .enum(["tunnel", "native"])
        .default("tunnel")
        .describe(
          "tunnel. native is refused: the VPC routes no cluster-pool addresses (docs/seeds.md, seed 003).",
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
      networkPolicy: z.boolean().default(true).describe("Enforce Kubernetes NetworkPolicy."),
      warmPrefixTarget: z
        .number()
        .int()
        .min(0)
        .default(1)
        .describe("Free /28 prefixes kept on each node (prefix mode)."),
      warmIpTarget: z
        .number()
        .int()
        .min(0)
        .optional()
        .describe("Free addresses kept on each node. Overrides the prefix target."),
      minimumIpTarget: z.number().int().min(0).optional().describe("Addresses a node takes at start."),
    }),
  ])
  .default({
    kind: "cilium-eni",
    prefixDelegation: true,
    encryption: "none",
    hubble: hubble.parse({}),
    gatewayApi: { enabled: false },
  })
  .describe("How pods get addresses and talk.");

export type CniConfig = z.output<typeof cniSchema>;
