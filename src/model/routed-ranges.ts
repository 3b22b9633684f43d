import { type Cidr, contains } from "../ip-capacity/cidr";
import { ELSEWHERE } from "../config/schema/network/connections";
import type { ConfigPath } from "../config/read/source-node";
import type { Connected } from "./connected-ranges";
import type { GivenTarget } from "./given-target";

/** What leads to a connected network. */
export type Way =
  | { readonly kind: "transit-gateway"; readonly id: string }
  /** A VPC peering that is there. */
  | { readonly kind: "peering"; readonly id: string }
  /** VPC peerings that the federation stack makes, with the routes of both sides. */
  | { readonly kind: "federation" }
  /** Somebody else's routes. `said`: the config says so. */
  | { readonly kind: "elsewhere"; readonly said: boolean };

export interface RoutedRanges {
  readonly path: ConfigPath;
  readonly ranges: readonly Cidr[];
  readonly via: Way;
}

/**
 * Every network that a target lets in beside its VPC, and what leads back to it. Each range is there once: a runner in
 * a network on premises or in a peer's VPC is reached as that is, unless it names another way for its part of it.
 */
export function routedRanges({ config, peerRanges }: Connected): RoutedRanges[] {
  const { network, runner } = config;
  const { onPremises, peersVia } = network.connections;
  const connected: RoutedRanges[] = [
    ...(onPremises
      ? [
          {
            path: ["network", "connections", "onPremises"],
            ranges: onPremises.cidrs,
            via: wayOf(onPremises.via),
          },
        ]
      : []),
    ...(peerRanges.length > 0
      ? [
          {
            path: ["network", "connections", "peers"],
            ranges: peerRanges,
            via:
              peersVia === "peering"
                ? ({ kind: "federation" } as const)
                : ({ kind: "transit-gateway", id: peersVia } as const),
          },
        ]
      : []),
  ];
  if (runner?.reach !== "peered") return connected;
  const via = wayOf(runner.via);
  const further = runner.cidrs.filter((cidr) => {
    const known = connected.filter(({ ranges }) => ranges.some((range) => contains(range, cidr)));
    // AWS takes the narrowest route, so a part of a network may have a way of its own; of one range there is one route.
    const own = isNamed(via) && !known.some((each) => isNamed(each.via) && each.via.id === via.id);
    return (
      known.length === 0 || (own && !known.some(({ ranges }) => ranges.some((range) => isSame(range, cidr))))
    );
  });
  if (further.length === 0) return connected;
  return [...connected, { path: ["runner"], ranges: further, via }];
}

/** Transit gateways that the VPC is attached to. */
export function transitGatewaysOf({
  config,
  routedRanges: routed,
}: Pick<GivenTarget, "config"> & { readonly routedRanges: readonly RoutedRanges[] }): ReadonlySet<string> {
  const { egress } = config.network;
  return new Set([
    ...(egress.kind === "transit-gateway" ? [egress.transitGatewayId] : []),
    ...routed.flatMap(({ via }) => (via.kind === "transit-gateway" ? [via.id] : [])),
  ]);
}

/** Whether the config names the gateway or peering. */
function isNamed(way: Way): way is Extract<Way, { readonly id: string }> {
  return way.kind === "transit-gateway" || way.kind === "peering";
}

const isSame = (one: Cidr, other: Cidr): boolean => contains(one, other) && contains(other, one);

/** What leads to a network on premises or a runner, by the `via` that is written of it. */
export function wayOf(via: string | undefined): Way {
  if (via === undefined || via === ELSEWHERE) return { kind: "elsewhere", said: via !== undefined };
  return { kind: via.startsWith("pcx-") ? "peering" : "transit-gateway", id: via };
}
