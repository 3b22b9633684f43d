import { byZone, list, map, text, type OutputContract } from "../base/output-contract";

/** What the network stack publishes. */
export const networkContract = {
  vpc_id: text("VPC of the target"),
  vpc_cidr_blocks: list("IPv4 ranges of the VPC"),
  vpc_ipv6_cidr_blocks: list("IPv6 ranges of the VPC; empty without IPv6"),
  public_subnet_ids: map("Public subnets by zone; empty where there are none"),
  node_subnet_ids: byZone("Node subnets by zone"),
  pod_subnet_ids: map("Pod subnets by zone; empty where pods share the nodes' subnets"),
  control_plane_subnet_ids: byZone("Subnets of the control plane's interfaces by zone", "control-plane"),
  node_route_table_ids: byZone("Route tables of nodes and pods by zone", "kept"),
  control_plane_route_table_id: text("Route table of the control plane's subnets"),
  nat_public_ips: list("Addresses of the NAT gateways; empty without any"),
  egress_addresses: list(
    "Public addresses that partners see, of NAT gateways or as configured for a central egress",
  ),
  egress_allocation_ids: map(
    "Allocation ids of the NAT gateways' addresses by zone; empty without NAT gateways",
  ),
  nat_gateway_ids: map("NAT gateways by zone; empty without any"),
  endpoint_security_group_id: text("Security group of the interface endpoints; empty without any"),
  private_zone_ids: map("Private hosted zones by name"),
  resolver_inbound_ips: list("Addresses that name servers on premises forward to; empty without any"),
} as const satisfies OutputContract;
