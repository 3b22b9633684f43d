import type { Resource } from "../../guardrails/resource";
import { at, isFalse, isTrue, items, text, texts, toNumber, type Value } from "../../values/value";
import type { Decider } from "../hop";
import { type Keys, type Key } from "./keys";
import { parseRange, type Range } from "./ranges";
import type { FlowProtocol } from "./places";

/** How pods are in the VPC, and whose address their packets carry there. */
export interface PodNetwork {
  /** The release or addon that says so. */
  readonly decider: Decider;
  /** Pods' own range where they have no addresses of the VPC; nodes carry their packets. */
  readonly overlay?: Overlay;
  /** Subnets of pods' interfaces: by tags, by id, or as their node's. */
  readonly subnets:
    { readonly tags: Readonly<Record<string, string>> } | { readonly keys: readonly Key[] } | "of nodes";
  /** Of pods' interfaces; undefined: as their node's. */
  readonly securityGroups?: readonly Key[];
  /** Packets to anywhere but these ranges leave with the node's address; "vpc": the VPC's own ranges. */
  readonly masquerade: "never" | { readonly except: readonly Range[]; readonly vpc: boolean };
}

export interface Overlay {
  readonly ranges: readonly Range[];
  /** What nodes send each other for pods, and for themselves to pods. */
  readonly betweenPods: { readonly protocol: FlowProtocol; readonly port: number };
  readonly fromNodes: { readonly protocol: FlowProtocol; readonly port: number };
}

/** Cilium's documentation, "System Requirements", firewall rules. */
const TUNNELS: Readonly<Record<string, number>> = { vxlan: 8472, geneve: 6081 };
const WIREGUARD = 51871;

/** By what the stacks of a target install; undefined where they install no network of pods. */
export function podNetworkOf(resources: readonly Resource[], keys: Keys): PodNetwork | undefined {
  const cilium = resources.find(
    ({ type, attributes }) =>
      type === "helm_release" && text(attributes.chart).split("/").at(-1) === "cilium",
  );
  const addon = resources.find(
    ({ type, attributes }) => type === "aws_eks_addon" && attributes.addon_name === "vpc-cni",
  );
  // Chained, Cilium leaves addresses and masquerading to the VPC CNI.
  if (addon !== undefined) return ofVpcCni(addon, keys);
  return cilium && ofCilium(cilium, keys);
}

function ofVpcCni({ attributes, stack, address }: Resource, keys: Keys): PodNetwork {
  const settings = attributes.configuration;
  const env = (name: string) => at(settings, "env", name);
  const own = isTrue(env("AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG"))
    ? Object.values(mapOf(at(settings, "eniConfig", "subnets")))
    : [];
  const groups = [...new Set(own.flatMap((each) => keys.keys(at(each, "securityGroups"), stack)))];
  const excluded = text(env("AWS_VPC_K8S_CNI_EXCLUDE_SNAT_CIDRS"))
    .split(",")
    .flatMap((each) => parseRange(each.trim()) ?? []);
  return {
    decider: { stack, address },
    subnets:
      own.length === 0 ? "of nodes" : { keys: own.flatMap((each) => keys.keys(at(each, "id"), stack)) },
    ...(groups.length > 0 && { securityGroups: groups }),
    // amazon-vpc-cni-k8s, README.md, AWS_VPC_K8S_CNI_EXTERNALSNAT.
    masquerade: isTrue(env("AWS_VPC_K8S_CNI_EXTERNALSNAT")) ? "never" : { except: excluded, vpc: true },
  };
}

function mapOf(value: Value): Readonly<Record<string, Value>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, Value>>)
    : {};
}

function ofCilium({ attributes, stack, address }: Resource, keys: Keys): PodNetwork {
  const { values } = attributes;
  const decider = { stack, address };
  const native = text(at(values, "ipv4NativeRoutingCIDR"));
  const range = parseRange(native);
  const masquerade = isFalse(at(values, "enableIPv4Masquerade"))
    ? ("never" as const)
    : { except: range === undefined ? [] : [range], vpc: false };
  if (text(at(values, "ipam", "mode")) !== "eni") {
    const ranges = texts(at(values, "ipam", "operator", "clusterPoolIPv4PodCIDRList"));
    const tunnel =
      toNumber(at(values, "tunnelPort")) ?? TUNNELS[text(at(values, "tunnelProtocol")) || "vxlan"] ?? 0;
    const tunneled = { protocol: "udp", port: tunnel } as const;
    const isEncrypted =
      isTrue(at(values, "encryption", "enabled")) && at(values, "encryption", "type") === "wireguard";
    return {
      decider,
      overlay: {
        ranges: ranges.flatMap((each) => parseRange(each) ?? []),
        betweenPods: isEncrypted ? { protocol: "udp", port: WIREGUARD } : tunneled,
        // WireGuard is for pods' packets; nodes' own go as they are, by default.
        fromNodes: tunneled,
      },
      subnets: "of nodes",
      masquerade,
    };
  }
  const tags = items(at(values, "eni", "nodeSpec", "subnetTags")).map((each) => text(each).split("="));
  const groups = keys.keys(at(values, "eni", "nodeSpec", "securityGroups"), stack);
  return {
    decider,
    subnets:
      tags.length === 0
        ? "of nodes"
        : { tags: Object.fromEntries(tags.map(([key = "", value = ""]) => [key, value])) },
    // Cilium's documentation, "AWS ENI": without groups of their own, interfaces have those of the node's first.
    ...(groups.length > 0 && { securityGroups: groups }),
    masquerade,
  };
}
