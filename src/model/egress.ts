import type { EgressConfig } from "../config/schema/network/egress";
import type { NetworkConfig } from "../config/schema/network/network";

/** Whether NAT gateways of this VPC stand at the end of the way out. */
export function hasNat({ kind }: EgressConfig): boolean {
  return kind === "nat-per-zone" || kind === "nat-single" || kind === "firewall";
}

/** Whether nothing looks at what leaves: NAT is a path, not a policy. */
export function isUnregulated({ kind }: EgressConfig): boolean {
  return kind === "nat-per-zone" || kind === "nat-single";
}

/** Whether pods reach services of AWS that have no endpoint in the VPC: the way out holds no list of what may be called. */
export function hasFreeEgress(egress: EgressConfig): boolean {
  return isUnregulated(egress) || egress.kind === "transit-gateway";
}

/**
 * Policy of the VPC endpoints. With plain NAT it is full access by default: a perimeter at the endpoints alone keeps
 * nothing in, and would stop images that public registries keep in S3.
 */
export function endpointPolicyOf({
  egress,
  endpoints,
}: Pick<NetworkConfig, "egress" | "endpoints">): "account-and-organization" | "full-access" {
  return endpoints.policy ?? (isUnregulated(egress) ? "full-access" : "account-and-organization");
}
