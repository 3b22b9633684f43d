import { type Cidr, contains, formatCidr, parseCidr } from "../../ip-capacity/cidr";
import type { ConfigPath } from "../../config/read/source-node";
import type { Target } from "../../model/target";
import type { Finding, TargetCheck } from "../finding";

const DNS: ConfigPath = ["network", "dns"];

/** Names lead somewhere: no domain has two owners, and each server is one that can be reached. */
export const dnsCheck: TargetCheck = (target) => [
  ...zoneFindings(target),
  ...forwardFindings(target),
  ...stubZoneFindings(target),
  ...inboundFindings(target),
  ...replicaFindings(target),
  ...cacheFindings(target),
];

function zoneFindings({ config }: Target): Finding[] {
  const { privateZones, associatedZones } = config.network.dns;
  const twice = (key: string, values: readonly string[]) =>
    values.flatMap((value, index): Finding[] =>
      values.indexOf(value) < index
        ? [{ path: [...DNS, key, index], message: "is listed twice; keep one" }]
        : [],
    );
  return [...twice("privateZones", privateZones), ...twice("associatedZones", associatedZones)];
}

function forwardFindings(target: Target): Finding[] {
  const { forward, privateZones } = target.config.network.dns;
  return Object.entries(forward).flatMap(([domain, servers]): Finding[] => {
    const path = [...DNS, "forward", domain];
    const hidden: Finding[] = privateZones.includes(domain)
      ? [
          {
            path,
            // Route 53 Developer Guide, "Considerations when working with a private hosted zone".
            message: "is a private zone of the VPC, too, which the forwarding would hide; remove one of them",
            related: [[...DNS, "privateZones"]],
          },
        ]
      : [];
    return [...hidden, ...unreachable(target, path, servers)];
  });
}

function stubZoneFindings(target: Target): Finding[] {
  return Object.entries(target.config.network.dns.coreDns.stubZones).flatMap(
    ([domain, servers]): Finding[] => {
      const path = [...DNS, "coreDns", "stubZones", domain];
      const isCluster = domain === "cluster.local" || domain.endsWith(".cluster.local");
      const message = "is the cluster's own domain, and services would no longer be found; write another";
      return [...(isCluster ? [{ path, message }] : []), ...unreachable(target, path, servers)];
    },
  );
}

const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"].map(parseCidr);

function unreachable(target: Target, path: ConfigPath, servers: readonly string[]): Finding[] {
  const ranges = target.connectedRanges;
  const isIn = (all: readonly Cidr[], address: Cidr) => all.some((range) => contains(range, address));
  return servers.flatMap((server, index): Finding[] => {
    const address = parseCidr(`${server}/32`);
    if (!isIn(PRIVATE, address) || isIn(ranges, address)) return [];
    const known = ranges.map(formatCidr).join(", ");
    return [
      {
        path: [...path, index],
        message: `is not in any network that the VPC is connected to (${known}); add its range to network.connections.onPremises.cidrs, or write another server`,
        related: [["network", "connections"]],
      },
    ];
  });
}

function inboundFindings({ config }: Target): Finding[] {
  const { dns, connections } = config.network;
  if (!dns.resolverInbound || connections.onPremises !== undefined) return [];
  return [
    {
      path: [...DNS, "resolverInbound"],
      message: "has no networks that may ask it; write network.connections.onPremises.cidrs, or remove it",
      related: [["network", "connections"]],
    },
  ];
}

function replicaFindings({ config }: Target): Finding[] {
  const { replicas } = config.network.dns.coreDns;
  if (typeof replicas === "number" || replicas.min <= replicas.max) return [];
  return [
    {
      path: [...DNS, "coreDns", "replicas", "max"],
      message: `is less than min: ${replicas.min}; write at least ${replicas.min}`,
      related: [[...DNS, "coreDns", "replicas", "min"]],
    },
  ];
}

/**
 * Where lookups would not get to a cache on the node, or pass it by. The cache itself makes iptables rules only (kubernetes/dns#682), and
 * what a pod with a security group of its own asks never passes its node (EKS User Guide, "Security groups for pods").
 */
function cacheFindings({ config }: Target): Finding[] {
  const { cni, network } = config;
  if (!network.dns.nodeLocalCache) return [];
  const refused = (message: string, ...related: ConfigPath[]): Finding[] => [
    { path: [...DNS, "nodeLocalCache"], message, related },
  ];
  switch (cni.kind) {
    case "cilium-eni":
    case "cilium-overlay":
      return [];
    case "cilium-chaining":
      return refused(
        "has no way to the cache: Cilium redirects only where it replaces kube-proxy; write cni.kind: cilium-eni, or remove it",
        ["cni", "kind"],
      );
    case "vpc-cni":
      return [
        ...(network.ipv6.mode === "ipv6"
          ? refused("has an IPv4 address, and pods have IPv6 addresses only; remove it", [
              "network",
              "ipv6",
              "mode",
            ])
          : []),
        ...(cni.kubeProxy.kind === "iptables"
          ? []
          : refused(
              `takes lookups by iptables, which does not work beside kube-proxy in mode ${cni.kubeProxy.kind}; write cni.kubeProxy: { kind: iptables }, or remove it`,
              ["cni", "kubeProxy", "kind"],
            )),
        ...(cni.securityGroupsForPods?.enforcingMode === "strict"
          ? refused(
              "is out of reach for pods with security groups of their own in mode strict; write enforcingMode: standard, or remove it",
              ["cni", "securityGroupsForPods", "enforcingMode"],
            )
          : []),
      ];
  }
}
