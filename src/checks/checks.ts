import { endpointServiceCheck } from "./network/endpoint-service-check";
import { arnPlaceCheck } from "./access/arn-place-checks";
import {
  accessEntryCheck,
  ciSubjectCheck,
  deletionProtectionCheck,
  runnerCheck,
  supportPolicyCheck,
  tagCheck,
} from "./access/access-checks";
import { peerCheck, rangeOverlapCheck, serviceRangeCheck } from "./network/address-checks";
import { verticalPodAutoscalerCheck } from "./nodes/autoscaling-checks";
import { capacityCheckOf } from "./capacity/capacity-checks";
import { cniCheck, maxPodsCheck, podSubnetCheck } from "./cni/cni-checks";
import { allowCheck } from "./namespaces/allow-checks";
import { ciliumRoutingCheck } from "./cni/cilium-routing-checks";
import { dnsCheck } from "./network/dns-checks";
import { flowLogsCheck } from "./network/flow-log-checks";
import type { FleetCheck, TargetCheck } from "./finding";
import { clusterMeshCheck } from "./mesh/cluster-mesh-checks";
import { clusterNameCheck } from "./cluster/cluster-name-check";
import { gatewayApiCheck } from "./cni/gateway-api-checks";
import { karpenterCheck } from "./nodes/karpenter-checks";
import { hostWayCheck } from "./cni/host-way-check";
import { ingressCheck } from "./ingress/ingress-checks";
import { joinedNameCheck, joinedNameFleetCheck } from "./network/joined-name-checks";
import { firewallFlowCheck } from "./network/firewall-flow-check";
import { fleetRangeCheck } from "./network/fleet-range-check";
import { ipv6Check } from "./network/ipv6-checks";
import { gatewayPlaceCheck } from "./ingress/gateway-place-check";
import { gitopsCheck } from "./gitops/gitops-checks";
import { identityCheck } from "./access/identity-checks";
import { networkAclCheck } from "./network/network-acl-checks";
import { namespaceCheck } from "./namespaces/namespace-checks";
import { meshCheck } from "./mesh/mesh-checks";
import { meshPeerCheck } from "./mesh/mesh-peer-checks";
import { egressCheck, subnetCheck } from "./network/network-checks";
import {
  bottlerocketRegistryCheck,
  egressSubnetCheck,
  elasticIpCheck,
  endpointPolicyCheck,
  firewallDomainCheck,
  proxyCheck,
} from "./network/regulated-egress-checks";
import { dockerRangeCheck } from "./network/docker-range-check";
import { migrationCheck } from "./cluster/migration-checks";
import { nodeGroupCheck } from "./nodes/node-checks";
import { nodeRoomCheck } from "./nodes/node-room-checks";
import { podSecurityGroupCheck } from "./cni/pod-security-group-checks";
import { podIdentityCheck } from "./access/pod-identity-check";
import { partitionCheck, partitionFleetCheck } from "./access/partition-checks";
import { accessNameCheck, foreignStackRoleCheck, principalCheck } from "./access/principal-checks";
import { runnerWayCheck } from "./network/runner-way-check";
import { secondaryCidrCheck } from "./network/secondary-cidr-checks";
import { observabilityCheck } from "./observability/observability-checks";
import { secretStoreCheck } from "./secrets/secrets-checks";
import { secretTextCheck } from "./secrets/secret-text-check";
import { stsAddressCheck } from "./access/sts-address-checks";
import { serviceTrafficCheck } from "./ingress/service-traffic-checks";
import { oneTrafficApiCheck, trafficCheck } from "./ingress/traffic-checks";
import { unusedPinCheck, versionCheck } from "./cluster/version-checks";
import { workloadCheck } from "./workloads/workload-checks";
import { zonalShiftCheck } from "./cluster/zonal-shift-check";
import { zoneCheck } from "./network/zone-checks";

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
  firewallFlowCheck,
  proxyCheck,
  endpointPolicyCheck,
  endpointServiceCheck,
  bottlerocketRegistryCheck,
  rangeOverlapCheck,
  dockerRangeCheck,
  serviceRangeCheck,
  runnerCheck,
  accessEntryCheck,
  podIdentityCheck,
  ciSubjectCheck,
  accessNameCheck,
  principalCheck,
  deletionProtectionCheck,
  supportPolicyCheck,
  zonalShiftCheck,
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
  secretTextCheck,
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
