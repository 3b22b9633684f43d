import type { EksManagedNodeGroupInputs } from "../registry/eks-managed-node-group";

/** Where nodes start, and with which interfaces. */
export interface NodePlacement {
  /** An existing placement group. */
  readonly placementGroupName?: string;
  readonly capacityReservation?:
    | { readonly kind: "on-demand" | "ml-block"; readonly id: string }
    | { readonly kind: "resource-group"; readonly arn: string };
  /** Elastic Fabric Adapters, one on each network card. */
  readonly efaInterfaces?: number;
}

type Inputs = Partial<EksManagedNodeGroupInputs>;

/** Inputs of the module for them; none where nothing is asked for. */
export function placementInputs(placement: NodePlacement): Inputs {
  const { placementGroupName, capacityReservation, efaInterfaces } = placement;
  return {
    ...(placementGroupName !== undefined && { placement: { group_name: placementGroupName } }),
    ...(capacityReservation && reservationInputs(capacityReservation)),
    ...(efaInterfaces !== undefined && efaInputs(efaInterfaces)),
  };
}

/** EKS User Guide, "Create a managed node group with Capacity Blocks for ML": all three, or CreateNodegroup is refused. */
function reservationInputs(reservation: NonNullable<NodePlacement["capacityReservation"]>): Inputs {
  const target =
    "arn" in reservation
      ? { capacity_reservation_resource_group_arn: reservation.arn }
      : { capacity_reservation_id: reservation.id };
  return {
    capacityReservationSpecification: { capacity_reservation_target: target },
    ...(reservation.kind === "ml-block" && {
      // With it the module writes the type into the launch template in place of the group.
      capacityType: "CAPACITY_BLOCK",
      instanceMarketOptions: { market_type: "capacity-block" },
    }),
  };
}

/**
 * Not by the module's `enable_efa_support`, which would ask AWS for the type at every plan, and make a placement
 * group of its own. The first interface is the node's own (EFA with IP); the others have no address (aws/karpenter-provider-aws v1.14.1,
 * designs/efa-for-static-capacity.md). An EFA needs a group that lets in and out all that comes from itself (EC2 User
 * Guide, "Get started with EFA and MPI", security group).
 */
function efaInputs(count: number): Inputs {
  const all = { ip_protocol: "-1", self: true, description: "EFA between nodes of the group" };
  return {
    networkInterfaces: Array.from({ length: count }, (_, card) => ({
      associate_public_ip_address: false,
      delete_on_termination: true,
      device_index: card === 0 ? 0 : 1,
      network_card_index: card,
      interface_type: card === 0 ? "efa" : "efa-only",
    })),
    createSecurityGroup: true,
    securityGroupDescription: "EFA between nodes of the group",
    securityGroupIngressRules: { efa: all },
    securityGroupEgressRules: { efa: all },
  };
}
