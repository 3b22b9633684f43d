import { endpointServiceCheck } from "./endpoint-service-check";
import { arnPlaceCheck } from "./arn-place-checks";
import {
  accessEntryCheck,
  ciSubjectCheck,
  deletionProtectionCheck,
  runnerCheck,
  supportPolicyCheck,
  tagCheck,
} from "./access-checks";
import { peerCheck, rangeOverlapCheck, serviceRangeCheck } from "./address-checks";
import { verticalPodAutoscalerCheck } from "./autoscaling-checks";
import { capacityCheckOf } from "./capacity-checks";
import { cniCheck, maxPodsCheck, podSubnetCheck } from "./cni-checks";
import { allowCheck } from "./allow-checks";
import { ciliumRoutingCheck } from "./cilium-routing-checks";
import { dnsCheck } from "./dns-checks";
import { flowLogsCheck } from "./flow-log-checks";
import type { FleetCheck, TargetCheck } from "./finding";
import { clusterMeshCheck } from "./cluster-mesh-checks";
import { clusterNameCheck } from "./fleet-checks";
import { gatewayApiCheck } from "./gateway-api-checks";
import { karpenterCheck } from "./karpenter-checks";
import { hostWayCheck } from "./host-way-check";
import { ingressCheck } from "./ingress-checks";
import { joinedNameCheck, joinedNameFleetCheck } from "./joined-name-checks";
import { fleetRangeCheck } from "./fleet-range-check";
import { ipv6Check } from "./ipv6-checks";
import { gatewayPlaceCheck } from "./gateway-place-check";
import { gitopsCheck } from "./gitops-checks";
import { identityCheck } from "./identity-checks";
import { networkAclCheck } from "./network-acl-checks";
import { namespaceCheck } from "./namespace-checks";
import { meshCheck } from "./mesh-checks";
import { meshPeerCheck } from "./mesh-peer-checks";
import { egressCheck, subnetCheck } from "./network-checks";
import {
  bottlerocketRegistryCheck,
  egressSubnetCheck,
  elasticIpCheck,
  endpointPolicyCheck,
  firewallDomainCheck,
  proxyCheck,
} from "./regulated-egress-checks";
import { dockerRangeCheck } from "./docker-range-check";
import { migrationCheck } from "./migration-checks";
import { nodeGroupCheck } from "./node-checks";
import { nodeRoomCheck } from "./node-room-checks";
import { podSecurityGroupCheck } from "./pod-security-group-checks";
import { partitionCheck, partitionFleetCheck } from "./partition-checks";
import { accessNameCheck, foreignStackRoleCheck, principalCheck } from "./principal-checks";
import { runnerWayCheck } from "./runner-way-check";
import { secondaryCidrCheck } from "./secondary-cidr-checks";
import { observabilityCheck } from "./observability-checks";
import { secretStoreCheck } from "./secrets-checks";
import { stsAddressCheck } from "./sts-address-checks";
import { serviceTrafficCheck } from "./service-traffic-checks";
import { oneTrafficApiCheck, trafficCheck } from "./traffic-checks";
import { unusedPinCheck, versionCheck } from "./version-checks";
import { workloadCheck } from "./workload-checks";
import { zoneCheck } from "./zone-checks";

export const targetChecks: readonly TargetCheck[] = [
  partitionCheck,
  arnPlaceCheck,
  gatewayPlaceCheck,
  runnerWayCheck,
  joinedNameCheck,
  zoneCheck,
  subnetCheck,
  secondaryCidrCheck,
  ipv6Check,
  egressCheck,
  elasticIpCheck,
  egressSubnetCheck,
  firewallDomainCheck,
  proxyCheck,
  endpointPolicyCheck,
  endpointServiceCheck,
  bottlerocketRegistryCheck,
  rangeOverlapCheck,
  dockerRangeCheck,
  serviceRangeCheck,
  runnerCheck,
  accessEntryCheck,
  ciSubjectCheck,
  accessNameCheck,
  principalCheck,
  deletionProtectionCheck,
  supportPolicyCheck,
  tagCheck,
  cniCheck,
  gatewayApiCheck,
  ciliumRoutingCheck,
  podSubnetCheck,
  podSecurityGroupCheck,
  namespaceCheck,
  allowCheck,
  stsAddressCheck,
  nodeGroupCheck,
  migrationCheck,
  nodeRoomCheck,
  maxPodsCheck,
  karpenterCheck,
  verticalPodAutoscalerCheck,
  capacityCheckOf,
  secretStoreCheck,
  ingressCheck,
  hostWayCheck,
  observabilityCheck,
  gitopsCheck,
  identityCheck,
  meshCheck,
  workloadCheck,
  trafficCheck,
  serviceTrafficCheck,
  clusterMeshCheck,
  versionCheck,
  networkAclCheck,
  flowLogsCheck,
  dnsCheck,
];

export const fleetChecks: readonly FleetCheck[] = [
  peerCheck,
  fleetRangeCheck,
  clusterNameCheck,
  joinedNameFleetCheck,
  meshPeerCheck,
  oneTrafficApiCheck,
  partitionFleetCheck,
  foreignStackRoleCheck,
  unusedPinCheck,
];
