import type { Target } from "../../model/target";
import { interfaceServices } from "../../facts/endpoint-services";
import type { Tier } from "../../modules/network/tier";

/** Tiers in which something of the network stack has an interface in every zone (modules/network/cluster-network.ts). */
export function heldTiers(target: Target): readonly Tier[] {
  const { egress, endpoints, dns } = target.config.network;
  // That of the way out has subnets of its own.
  const own = egress.kind === "transit-gateway" ? egress.transitGatewayId : undefined;
  const isHeld =
    [...target.transitGateways].some((each) => each !== own) ||
    interfaceServices(endpoints.set, endpoints.additional).length > 0 ||
    dns.resolverInbound ||
    Object.keys(dns.forward).length > 0;
  return ["firewall", "transitGateway", ...(isHeld ? (["nodes"] as const) : [])];
}
