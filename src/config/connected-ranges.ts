import type { Cidr } from "../ip-capacity/cidr";
import type { BaselineInput } from "../network-acls/baseline";
import { formatCidr } from "../ip-capacity/cidr";
import type { NetworkAclsConfig } from "./schema/network/network-acls";
import type { Target } from "./target";

/** What reaches the VPC or is reached from it without the internet: the VPC itself first, the rest in order. */
export function connectedRanges({ config, peerRanges }: Pick<Target, "config" | "peerRanges">): Cidr[] {
  const { network, runner } = config;
  const others = [
    ...(network.connections.onPremises?.cidrs ?? []),
    ...(runner?.reach === "peered" ? runner.cidrs : []),
    ...peerRanges,
  ];
  const byText = new Map(others.map((range) => [formatCidr(range), range]));
  return [network.vpcCidr, ...[...byText.values()].sort((a, b) => a.base - b.base || a.prefix - b.prefix)];
}

/** What the network ACLs of a target let pass. */
export function aclInputOf(
  target: Pick<Target, "config" | "peerRanges">,
  { ingressPorts, egressPorts }: Extract<NetworkAclsConfig, { kind: "baseline" }>,
): BaselineInput {
  return {
    internal: connectedRanges(target).map((range) => ({ family: "ipv4", cidr: formatCidr(range) })),
    ipv6: false,
    ingressPorts,
    egressPorts,
  };
}
