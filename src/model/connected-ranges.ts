import type { Cidr } from "../ip-capacity/cidr";
import type { BaselineInput } from "../network-acls/baseline";
import { formatCidr } from "../ip-capacity/cidr";
import { isUnregulated } from "./egress";
import type { NetworkConfig } from "../config/schema/network/network";
import type { NetworkAclsConfig } from "../config/schema/network/network-acls";
import { vpcCidrsOf } from "./subnets";
import type { GivenTarget } from "./given-target";

/** A target with the VPC ranges of its peers. */
export type Connected = Pick<GivenTarget, "config"> & { readonly peerRanges: readonly Cidr[] };

/** Networks on premises that the VPC is connected with. */
export function onPremisesRanges({ connections }: Pick<NetworkConfig, "connections">): readonly Cidr[] {
  return connections.onPremises?.cidrs ?? [];
}

/** What reaches the VPC or is reached from it without the internet: the VPC's own ranges first, the rest in order. */
export function connectedRanges({ config, peerRanges }: Connected): Cidr[] {
  const { network, runner } = config;
  const others = [
    ...onPremisesRanges(network),
    ...(runner?.reach === "peered" ? runner.cidrs : []),
    ...peerRanges,
  ];
  const byText = new Map(others.map((range) => [formatCidr(range), range]));
  return [
    ...vpcCidrsOf(network),
    ...[...byText.values()].sort((a, b) => a.base - b.base || a.prefix - b.prefix),
  ];
}

/** Stands for the IPv6 range of a VPC, which AWS chooses when it makes the VPC. */
const SOME_IPV6_RANGE = "2001:db8::/56";

/** What the network ACLs of a target let pass. The VPC's IPv6 ranges matter only to what writes the rules. */
export function aclInputOf(
  {
    config: { network },
    connectedRanges: connected,
    vpcCidrs,
  }: Pick<GivenTarget, "config"> & {
    readonly connectedRanges: readonly Cidr[];
    readonly vpcCidrs: readonly Cidr[];
  },
  { ingressPorts, egressPorts }: Extract<NetworkAclsConfig, { kind: "baseline" }>,
  vpcIpv6CidrBlocks: readonly string[] = [SOME_IPV6_RANGE],
): BaselineInput {
  const ipv4 = (range: Cidr) => ({ family: "ipv4" as const, cidr: formatCidr(range) });
  const ownIpv6 =
    network.ipv6.mode === "ipv4" ? [] : vpcIpv6CidrBlocks.map((cidr) => ({ family: "ipv6" as const, cidr }));
  return {
    internal: [...connected.map(ipv4), ...ownIpv6],
    own: [...vpcCidrs.map(ipv4), ...ownIpv6],
    // A firewall, a proxy or a central way out sees IPv4 only, so there IPv6 has no routes (ipv6-routes.ts).
    ipv6: network.ipv6.mode !== "ipv4" && isUnregulated(network.egress),
    ingressPorts,
    egressPorts,
  };
}
