import { formatCidr } from "../ip-capacity/cidr";
import { interfaceServices } from "../facts/endpoint-services";
import { unreachedServices } from "../facts/endpoint-reach";
import { acceleratorWarnings } from "./accelerator-warnings";
import { prefixReservationsWanted } from "../model/capacity-of";
import { capacityRules, undeclaredQuotas } from "../checks/capacity/capacity";
import { fleetFindings } from "./fleet-findings";
import type { LoadOptions } from "./load-fleet";
import { unscaledGroups } from "../model/node-room";
import { type Remark, remarkLines, type RemarkTopic, remarkTopics } from "./remark";
import type { Fleet, Target } from "../model/target";
import { versionWarnings } from "./version-warnings";
import { gitopsWarnings } from "./gitops-warnings";
import { judge } from "./waivers";

/**
 * What a run tells of these targets and goes on: one line each, with the targets that it is about and the rule that a
 * waiver names to be told no more.
 */
export function fleetWarnings(
  fleet: Fleet,
  { asOf }: LoadOptions = {},
  targets: readonly Target[] = fleet.targets,
  topics: readonly RemarkTopic[] = remarkTopics,
): string[] {
  const remarks = fleet.targets.flatMap((target) =>
    targetRemarks(target).map((remark) => ({ target, remark })),
  );
  const ours = new Set(targets);
  const isOurs = ({ target }: { readonly target: Target }) => ours.has(target);
  const { lines } = remarkLines(remarks.filter(isOurs), topics, asOf);
  if (!topics.includes("settings")) return lines;
  const found = fleetFindings(fleet);
  const used = [...remarkLines(remarks, topics, asOf).used, ...judge(found, [], asOf).used];
  return [...lines, ...judge(found.filter(isOurs), targets, asOf, used).warnings];
}

function targetRemarks(target: Target): Remark[] {
  return [
    ...versionWarnings(target),
    ...quotaWarnings(target),
    ...unreachableWarning(target),
    ...unscaledWarning(target),
    ...unroutedWarnings(target),
    ...nginxWarning(target),
    ...encryptionWarning(target),
    ...bgpWarning(target),
    ...prefixFallbackWarning(target),
    ...acceleratorWarnings(target),
    ...gitopsWarnings(target),
  ];
}

/** cilium/cilium#46644, open in October 2026: pkg/aws/eni/node.go, IsPrefixDelegated is false once an ENI has single addresses. */
function prefixFallbackWarning(target: Target): Remark[] {
  const { cni, network } = target.config;
  if (cni.kind !== "cilium-eni" || !cni.prefixDelegation) return [];
  if (prefixReservationsWanted(network) !== false) return [];
  const tier = network.subnets.pods === undefined ? "nodes" : "pods";
  return [
    {
      topic: "settings",
      rule: "IP-CAPACITY-UNRESERVED",
      path: ["network", "subnets", tier, "reservePrefixes"],
      text: `network.subnets.${tier}.reservePrefixes: false: a node that finds no whole /28 block gets single addresses and never returns to prefixes (cilium/cilium#46644): it takes fewer pods until it is replaced`,
    },
  ];
}

/** EKS keeps a managed group at its desired size; Karpenter makes nodes of its own, and the Cluster Autoscaler is not ours. */
function unscaledWarning({ config }: Target): Remark[] {
  if (config.karpenter !== undefined || unscaledGroups(config).length === 0) return [];
  return [
    {
      topic: "settings",
      rule: "NODES-FIXED-SIZE",
      path: ["nodes"],
      text: "nodes: a managed group keeps its first size, whatever its max, so pods that need more have to wait; add karpenter, or write the size that you need as min and max",
    },
  ];
}

/** Best-effort maintenance of ingress-nginx ended in March 2026; 4.15.1 is the last chart (kubernetes/ingress-nginx, README). */
function nginxWarning({ config: { ingress } }: Target): Remark[] {
  if (ingress?.nginx === undefined) return [];
  return [
    {
      topic: "settings",
      rule: "NGINX-RETIRED",
      path: ["ingress", "nginx"],
      text: `ingress.nginx: retired, no fixes since March 2026; move its ingresses to traffic (routes) or to the class alb; kept because: ${ingress.nginx.reason}`,
    },
  ];
}

/** Cilium, "Integration with Istio": both work, and each costs CPU and latency. */
function encryptionWarning({ config: { cni, identity }, mesh }: Target): Remark[] {
  if (mesh.istio === undefined) return [];
  const twice = [
    ...("encryption" in cni && cni.encryption === "wireguard" ? [["cni", "encryption", "wireguard"]] : []),
    ...(identity?.kind === "cilium" ? [["identity", "kind", "cilium"]] : []),
  ];
  return twice.map(([section = "", key = "", value = ""]) => ({
    topic: "settings",
    rule: "ENCRYPTION-TWICE",
    path: [section, key],
    text: `${section}.${key}: ${value} beside an Istio mesh encrypts the same traffic a second time`,
  }));
}

/** EC2 user guide, "Elastic network interfaces": the check is on for every interface, and no launch template turns it off. */
function bgpWarning({ config: { cni } }: Target): Remark[] {
  if (!("bgp" in cni) || cni.bgp === undefined) return [];
  return [
    {
      topic: "settings",
      rule: "BGP-SOURCE-CHECK",
      path: ["cni", "bgp"],
      text: "cni.bgp: EC2 drops packets for addresses that are not the interface's own; turn off the source/destination check of these nodes (docs/components/cilium-routing.md)",
    },
  ];
}

/** Most accounts have more than AWS's defaults, and only their owners know. */
function quotaWarnings(target: Target): Remark[] {
  return undeclaredQuotas(target).map((quota) => ({
    topic: "settings",
    rule: capacityRules.quota,
    path: ["capacity", "quotas", quota],
    text: `more ${quota} than AWS's default quota; write what the account has in capacity.quotas.${quota}`,
  }));
}

/** Services of AWS's that a target without any egress can't call. */
function unreachableWarning({ config: { network }, region }: Target): Remark[] {
  if (network.egress.kind !== "none") return [];
  const { set, additional } = network.endpoints;
  const unreached = unreachedServices(region, interfaceServices(set, additional));
  const names = unreached.map(({ service }) => service).join(", ");
  const possible = unreached.flatMap(({ endpoint }) => endpoint ?? []);
  const remedy =
    possible.length === 0
      ? ""
      : ` (network.endpoints.additional: [${possible.join(", ")}] makes those that exist)`;
  return [
    {
      topic: "settings",
      rule: "EGRESS-UNREACHED",
      path: ["network", "egress"],
      text: `no egress, and no endpoint leads to ${names}: see docs/egress.md${remedy}`,
    },
  ];
}

/** Networks that are let in and that no route of the platform's leads back to. */
function unroutedWarnings(target: Target): Remark[] {
  return target.routedRanges.flatMap(({ path, ranges, via }) => {
    if (via.kind !== "elsewhere" || via.said) return [];
    const key = path.join(".");
    return [
      {
        topic: "settings",
        rule: "ROUTE-BACK",
        path,
        text: `${key}: no route leads back to ${ranges.map(formatCidr).join(", ")}; write ${key}.via: <transit gateway>, or via: elsewhere where somebody else adds the routes`,
      },
    ];
  });
}
