import {
  accessEntryCheck,
  deletionProtectionCheck,
  runnerCheck,
  supportPolicyCheck,
  tagCheck,
} from "./access-checks";
import { peerCheck, rangeOverlapCheck, serviceRangeCheck } from "./address-checks";
import { capacityCheckOf } from "./capacity-checks";
import { cniCheck, maxPodsCheck, podSubnetCheck } from "./cni-checks";
import type { FleetCheck, TargetCheck } from "./finding";
import { clusterNameCheck } from "./fleet-checks";
import { fleetRangeCheck } from "./fleet-range-check";
import { egressCheck, subnetCheck, zoneCheck } from "./network-checks";
import { nodeGroupCheck } from "./node-checks";

export const targetChecks: readonly TargetCheck[] = [
  zoneCheck,
  subnetCheck,
  egressCheck,
  rangeOverlapCheck,
  serviceRangeCheck,
  runnerCheck,
  accessEntryCheck,
  deletionProtectionCheck,
  supportPolicyCheck,
  tagCheck,
  cniCheck,
  podSubnetCheck,
  nodeGroupCheck,
  maxPodsCheck,
  capacityCheckOf,
];

export const fleetChecks: readonly FleetCheck[] = [peerCheck, fleetRangeCheck, clusterNameCheck];
