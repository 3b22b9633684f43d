import { hasFreeEgress } from "../../model/egress";
import type { TargetCheck } from "../finding";

/**
 * Karpenter has to be told of zonal shifts, or it launches nodes in the zone that traffic was moved away from. It asks ARC at its start
 * and ends where there is no answer (aws/karpenter-provider-aws v1.14.1, pkg/operator/operator.go, ValidateZonalShiftEnablement).
 */
export const zonalShiftCheck: TargetCheck = ({ config, region }) => {
  const { cluster, karpenter, network } = config;
  if (cluster.zonalShift !== true || karpenter === undefined || hasFreeEgress(network.egress)) return [];
  const message =
    `needs a way from Karpenter to arc-zonal-shift.${region}.amazonaws.com, which network.egress.kind: ${network.egress.kind}` +
    " does not promise, and Karpenter does not start without one; remove it, or karpenter";
  return [{ path: ["cluster", "zonalShift"], message, related: [["network", "egress", "kind"]] }];
};
