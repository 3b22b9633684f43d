import { type Cidr, addressAt, contains, formatCidr, lastAddress, parseCidr } from "../../ip-capacity/cidr";
import { hasStsEndpoint, isClosed } from "../../model/namespaces";
import type { ConfigPath } from "../../config/read/source-node";
import type { Target } from "../../model/target";
import type { Finding, TargetCheck } from "../finding";

const AT: ConfigPath = ["network", "endpoints", "stsAddresses"];

/** AWS keeps the first four addresses of a subnet and the last (Amazon VPC User Guide, "Subnet sizing for IPv4"). */
const FIRST_FREE = 4;

/** Where STS is, for pods that change tokens for credentials under policies which know addresses only. */
export const stsAddressCheck: TargetCheck = (target) => [
  ...identityFindings(target),
  ...addressFindings(target),
];

function identityFindings(target: Target): Finding[] {
  const { config } = target;
  if (target.policyEnforcer !== "kubernetes") return [];
  const { endpoints } = config.network;
  return Object.entries(config.namespaces).flatMap(([name, { identity }]): Finding[] => {
    if (identity !== "irsa") return [];
    const path = ["namespaces", name, "identity"];
    const related: ConfigPath[] = [["network", "endpoints"]];
    if (!hasStsEndpoint(config.network)) {
      const message =
        "needs STS, which has no fixed addresses without its VPC endpoint; write network.endpoints.additional: [sts], or pod-identity";
      return [{ path, value: "irsa", message, related }];
    }
    if (
      endpoints.stsAddresses !== undefined ||
      !isClosed(target, name) ||
      config.network.ipv6.mode === "ipv6"
    )
      return [];
    const message = `needs the addresses of STS's endpoint, or pods could reach port 443 of every node and pod; write network.endpoints.stsAddresses: { ${suggested(target)} }, with those of an endpoint that exists already, or pod-identity`;
    return [{ path, value: "irsa", message, related }];
  });
}

/** The last address that a subnet has to give: far from those that AWS gives first. */
function suggested(target: Target): string {
  return nodeSubnetsInUse(target)
    .map(([zone, subnet]) => `${zone}: ${addressAt(subnet, lastAddress(subnet) - subnet.base - 1)}`)
    .join(", ");
}

/** Endpoints have interfaces in these. */
function nodeSubnetsInUse({ subnets, zones }: Target): [string, Cidr][] {
  return [...(subnets.get("nodes") ?? [])].filter(([zone]) => zones.inUse.includes(zone));
}

function addressFindings(target: Target): Finding[] {
  const { config } = target;
  const { stsAddresses } = config.network.endpoints;
  if (stsAddresses === undefined) return [];
  if (!hasStsEndpoint(config.network)) {
    const message =
      "has no effect without STS's endpoint; remove it, or write network.endpoints.additional: [sts]";
    return [{ path: AT, message }];
  }
  const subnets = new Map(nodeSubnetsInUse(target));
  const missing = [...subnets.keys()].filter((zone) => !(zone in stsAddresses));
  const findings: Finding[] =
    missing.length === 0
      ? []
      : [{ path: AT, message: `lacks ${missing.join(", ")}; add an address of each zone's node subnet` }];
  for (const [zone, address] of Object.entries(stsAddresses)) {
    const path = [...AT, zone];
    const subnet = subnets.get(zone);
    if (subnet === undefined) {
      findings.push({
        path,
        message: `has no subnet here; network.zones are ${[...subnets.keys()].join(", ")}`,
      });
      continue;
    }
    const own = parseCidr(`${address}/32`);
    const offset = own.base - subnet.base;
    if (!contains(subnet, own)) {
      findings.push({
        path,
        message: `must be in the node subnet of the zone, ${formatCidr(subnet)}; write an address in it`,
      });
    } else if (offset < FIRST_FREE || own.base === lastAddress(subnet)) {
      const message = `is an address that AWS reserves: the first four of ${formatCidr(subnet)} and its last; write another`;
      findings.push({ path, message });
    }
  }
  return findings;
}
