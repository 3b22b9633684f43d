import { formatAddress } from "../policy/addresses";
import type { ReachWorld } from "../path/reach-world";
import type { Need } from "./need";

/**
 * CoreDNS asks the VPC's resolver for names that are not the cluster's: the second address of the VPC's first range (VPC User
 * Guide, "Amazon DNS server"), as the resolv.conf of its node says.
 */
export function resolverNeeds({ dns, network }: ReachWorld): Need[] {
  const resolvers = [...(network?.vpc.network.vpcs.values() ?? [])].flatMap(({ target, ranges: [first] }) =>
    target === network?.target && first?.kind === "prefix"
      ? [formatAddress({ ...first.prefix.base, value: first.prefix.base.value + 2n })]
      : [],
  );
  return dns
    .filter(({ hostNetwork }) => hostNetwork !== true)
    .flatMap((pods) =>
      resolvers.flatMap((address) =>
        (["UDP", "TCP"] as const).map((protocol): Need => ({
          kind: "DNS",
          from: { kind: "pods", pods },
          to: { kind: "range", range: `${address}/32` },
          port: 53,
          protocol,
          why: `${pods.name} asks the VPC's resolver for all other names`,
          source: "CoreDNS, plugin forward: /etc/resolv.conf",
        })),
      ),
    );
}
