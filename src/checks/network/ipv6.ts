import type { CniConfig } from "../../config/schema/cni";
import type { NetworkConfig } from "../../config/schema/network/network";
import { type ReadinessSubject, readinessSubjects } from "../../config/schema/network/ipv6";
import { locate, type SourceNode } from "../../config/read/source-node";
import type { Finding, TargetCheck } from "../finding";

/** IPv6 is approved by all whom it concerns, and the CNI can do it. */
export const ipv6Check: TargetCheck = ({ config, source }) => {
  const { mode, readiness } = config.network.ipv6;
  if (mode === "ipv4") return [];
  const missing = (Object.keys(readinessSubjects) as ReadinessSubject[])
    .filter((subject) => readiness?.[subject] === undefined)
    .map((subject): Finding => ({
      path: ["network", "ipv6", "readiness", subject],
      message: `is missing: ${mode} is not the cluster team's decision alone, and nobody has approved yet that ${readinessSubjects[subject]}; write { approvedBy: <who>, on: <YYYY-MM-DD> }`,
      related: [["network", "ipv6", "mode"]],
    }));
  return mode === "ipv6"
    ? [
        ...missing,
        ...cniFindings(config.cni),
        ...proxyFindings(config.network),
        ...serviceRangeFindings(source),
      ]
    : missing;
};

/** Why a CNI can't run a cluster of the IPv6 family. */
const NO_IPV6: Partial<Record<CniConfig["kind"], string>> = {
  "cilium-eni": "Cilium's ENI allocator hands out IPv4 addresses only",
  "cilium-overlay":
    "EKS takes the IPv6 family with the VPC CNI only (EKS API reference, KubernetesNetworkConfigRequest)",
  "cilium-chaining": "Cilium's guide to the VPC CNI covers IPv4 only, and nobody has tried the rest here",
};

function cniFindings(cni: CniConfig): Finding[] {
  const related = [["network", "ipv6", "mode"]];
  if (cni.kind !== "vpc-cni") {
    const message = `can't run an IPv6 cluster: ${NO_IPV6[cni.kind]}; write vpc-cni, or network.ipv6.mode: dual-stack`;
    return [{ path: ["cni", "kind"], value: cni.kind, message, related }];
  }
  const findings: Finding[] = [];
  if (cni.addressMode !== "prefix") {
    const message = "gives no IPv6 addresses: the VPC CNI hands them out from prefixes only; write prefix";
    findings.push({ path: ["cni", "addressMode"], message, related });
  }
  if (cni.customNetworking) {
    const message =
      "can't be combined with IPv6, which has enough addresses in the nodes' subnets; remove it";
    findings.push({ path: ["cni", "customNetworking"], message, related });
  }
  const idle = [
    ...(cni.externalSnat ? ["externalSnat"] : []),
    ...(cni.warmIpTarget === undefined ? [] : ["warmIpTarget"]),
    ...(cni.minimumIpTarget === undefined ? [] : ["minimumIpTarget"]),
  ];
  for (const key of idle) {
    findings.push({ path: ["cni", key], message: "has no effect in an IPv6 cluster; remove it", related });
  }
  return findings;
}

/** EKS chooses the service range of an IPv6 cluster when it makes the cluster: too late for NO_PROXY in user data. */
function proxyFindings({ egress }: NetworkConfig): Finding[] {
  if (egress.kind !== "proxy") return [];
  return [
    {
      path: ["network", "egress", "kind"],
      value: "proxy",
      message:
        "can't be combined with an IPv6 cluster, whose service range is not known before it exists and would be missing from NO_PROXY; write another egress, or network.ipv6.mode: dual-stack",
      related: [["network", "ipv6", "mode"]],
    },
  ];
}

function serviceRangeFindings(source: SourceNode): Finding[] {
  const path = ["cluster", "serviceCidr"];
  if (!locate(source, path).found) return [];
  const message = "has no effect in an IPv6 cluster, whose service range EKS chooses; remove it";
  return [{ path, message, related: [["network", "ipv6", "mode"]] }];
}
