import {
  accessEntryCheck,
  deletionProtectionCheck,
  runnerCheck,
  supportPolicyCheck,
  tagCheck,
} from "./access-checks";
import { peerCheck, rangeOverlapCheck, serviceRangeCheck } from "./address-checks";
import { cniCheck, maxPodsCheck, podSubnetCheck } from "./cni-checks";
import { dnsCheck } from "./dns-checks";
import { flowLogsCheck } from "./flow-log-checks";
import type { FleetCheck, TargetCheck } from "./finding";
import { clusterNameCheck } from "./fleet-checks";
import { gitopsCheck } from "./gitops-checks";
import { identityCheck } from "./identity-checks";
import { networkAclCheck } from "./network-acl-checks";
import { egressCheck, subnetCheck, zoneCheck } from "./network-checks";
import {
  egressSubnetCheck,
  elasticIpCheck,
  endpointPolicyCheck,
  firewallDomainCheck,
  proxyCheck,
} from "./regulated-egress-checks";
import { nodeGroupCheck } from "./node-checks";
import { observabilityCheck } from "./observability-checks";
import { secretStoreCheck } from "./secrets-checks";
import { versionCheck } from "./version-checks";

export const targetChecks: readonly TargetCheck[] = [
  zoneCheck,
  subnetCheck,
  egressCheck,
  elasticIpCheck,
  egressSubnetCheck,
  firewallDomainCheck,
  proxyCheck,
  endpointPolicyCheck,
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
  secretStoreCheck,
  observabilityCheck,
  gitopsCheck,
  identityCheck,
  versionCheck,
  networkAclCheck,
  flowLogsCheck,
  dnsCheck,
];

export const fleetChecks: readonly FleetCheck[] = [peerCheck, clusterNameCheck];
