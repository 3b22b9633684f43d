import { accessEntryCheck } from "./access/access-entries";
import { arnPlaceCheck } from "./access/arn-places";
import { ciSubjectCheck } from "./access/ci-subjects";
import { identityCheck } from "./access/identities";
import { partitionCheck, partitionFleetCheck } from "./access/partitions";
import { podIdentityCheck } from "./access/pod-identities";
import { accessNameCheck, foreignStackRoleCheck, principalCheck } from "./access/principals";
import { runnerCheck } from "./access/runner";
import { stsAddressCheck } from "./access/sts-addresses";
import { capacityCheckOf } from "./capacity/capacity";
import { clusterNameCheck } from "./cluster/cluster-name";
import { deletionProtectionCheck } from "./cluster/deletion-protection";
import { migrationCheck } from "./cluster/migration";
import { securityGroupRulesCheck } from "./cluster/security-group-rules";
import { supportPolicyCheck } from "./cluster/support-policy";
import { tagCheck } from "./cluster/tags";
import { unusedPinCheck, versionCheck } from "./cluster/versions";
import { zonalShiftCheck } from "./cluster/zonal-shift";
import { ciliumRoutingCheck } from "./cni/cilium-routing";
import { cniCheck, maxPodsCheck, podSubnetCheck } from "./cni/cni";
import { gatewayApiCheck } from "./cni/gateway-api";
import { hostWayCheck } from "./cni/host-way";
import { podSecurityGroupCheck } from "./cni/pod-security-groups";
import type { FleetCheck, TargetCheck } from "./finding";
import { gitopsCheck } from "./gitops/gitops";
import { gatewayPlaceCheck } from "./ingress/gateway-place";
import { ingressCheck } from "./ingress/ingress";
import { serviceTrafficCheck } from "./ingress/service-traffic";
import { oneTrafficApiCheck, trafficCheck } from "./ingress/traffic";
import { clusterMeshCheck } from "./mesh/cluster-mesh";
import { meshCheck } from "./mesh/mesh";
import { meshPeerCheck } from "./mesh/mesh-peers";
import { allowCheck } from "./namespaces/allow";
import { namespaceCheck } from "./namespaces/namespaces";
import { peerCheck, rangeOverlapCheck, serviceRangeCheck } from "./network/addresses";
import { dnsCheck } from "./network/dns";
import { dockerRangeCheck } from "./network/docker-range";
import { egressCheck } from "./network/egress";
import { endpointServiceCheck } from "./network/endpoint-services";
import { existingNetworkCheck } from "./network/existing-network";
import { firewallFlowCheck } from "./network/firewall-flows";
import { fleetRangeCheck } from "./network/fleet-ranges";
import { ipv6Check } from "./network/ipv6";
import { joinedNameCheck, joinedNameFleetCheck } from "./network/joined-names";
import { networkAclCheck } from "./network/network-acls";
import {
  bottlerocketRegistryCheck,
  egressSubnetCheck,
  elasticIpCheck,
  endpointPolicyCheck,
  firewallDomainCheck,
  proxyCheck,
} from "./network/regulated-egress";
import { runnerWayCheck } from "./network/runner-way";
import { secondaryCidrCheck } from "./network/secondary-cidrs";
import { subnetCheck } from "./network/subnets";
import { zoneCheck } from "./network/zones";
import { karpenterCheck } from "./nodes/karpenter";
import { nodeGroupCheck } from "./nodes/node-groups";
import { nodeRoomCheck } from "./nodes/node-room";
import { verticalPodAutoscalerCheck } from "./nodes/vertical-pod-autoscaler";
import { observabilityCheck } from "./observability/observability";
import { secretStoreCheck } from "./secrets/secret-store";
import { secretTextCheck } from "./secrets/secret-text";
import { workloadCheck } from "./workloads/workloads";

export const targetChecks: readonly TargetCheck[] = [
  partitionCheck,
  arnPlaceCheck,
  gatewayPlaceCheck,
  runnerWayCheck,
  joinedNameCheck,
  zoneCheck,
  existingNetworkCheck,
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
  securityGroupRulesCheck,
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
