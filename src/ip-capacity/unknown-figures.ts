import { loadBalancerAddresses } from "../facts/aws-quotas";
import { instanceType } from "../facts/instance-types";

import type { CapacityInput } from "./capacity-input";
import type { NamedDensity } from "./default-demand";
import type { VcpuNeeds } from "./vcpu-needs";

/** Figures that the report would need and that no source at hand has. */
export function unknownFigures(
  input: CapacityInput,
  densities: readonly NamedDensity[],
  vcpus: VcpuNeeds,
): readonly string[] {
  const types = [
    ...new Set(densities.flatMap(({ types: all }) => all.map((density) => density.instanceType))),
  ];
  const noPrice = types.filter((name) => instanceType(name)?.onDemandUsdPerHour === undefined);
  const noTrunk = types.filter((name) => instanceType(name)?.branchEnis === null);
  return [
    ...((input.loadBalancers ?? 0) > 0 && input.addressesPerLoadBalancer === undefined
      ? [
          `load balancers are counted with ${loadBalancerAddresses.freePerSubnet} addresses in each subnet; AWS` +
            ` publishes no figure for one under load, only that an ALB takes at most` +
            ` ${loadBalancerAddresses.mostOverAllSubnets} over all its subnets`,
        ]
      : []),
    ...(vcpus.otherQuotas.length > 0
      ? [`no default vCPU quota is known here for ${vcpus.otherQuotas.join(", ")}; it is not checked`]
      : []),
    ...(noTrunk.length > 0 ? [`branch ENIs are not published for ${noTrunk.join(", ")}`] : []),
    ...(noPrice.length > 0 ? [`no price is known for ${noPrice.join(", ")}`] : []),
  ];
}
