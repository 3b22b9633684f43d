import type { OutputContract, ReadZones } from "./published-outputs";
import type { StackName } from "../model/state-location";

const text = (description: string) => ({ kind: "text", description }) as const;
const list = (description: string) => ({ kind: "list", description }) as const;
const byZone = (description: string, zones?: ReadZones) =>
  ({ kind: "by-zone", description, ...(zones && { zones }) }) as const;
const map = (description: string) => ({ kind: "map", description }) as const;

/** Outputs of the network stack. */
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

/** Outputs of the cluster stack. */
export const clusterContract = {
  name: text("Name of the cluster"),
  endpoint: text("Address of the Kubernetes API, with scheme"),
  certificate_authority_data: text("CA of the Kubernetes API, base64"),
  service_cidr: text("Range of services, of the cluster's family"),
  ip_family: text("ipv4 or ipv6"),
  version: text("Kubernetes minor version"),
  oidc_provider_arn: text("IAM OIDC provider, for roles of service accounts"),
  node_security_group_id: text("Security group of nodes and of pods on ENIs"),
  cluster_security_group_id: text("Security group of the control plane that the platform makes"),
  cluster_primary_security_group_id: text("Security group of the control plane that EKS makes"),
  secrets_key_arn: text("KMS key of Kubernetes secrets"),
  logs_key_arn: text("KMS key of control-plane logs"),
  volumes_key_arn: text("KMS key of node and pod volumes"),
} as const satisfies OutputContract;

/** Outputs of the cni stack. */
export const cniContract = {
  kind: text("CNI mode of the cluster, as configured"),
  version: text("Version of the CNI"),
} as const satisfies OutputContract;

/** Outputs of the nodes stack. */
export const nodesContract = {
  role_arns: map("IAM roles of the node groups, by group"),
  role_names: map("Names of those roles, by group"),
  autoscaling_group_names: map("Auto Scaling groups, joined by commas, by group"),
  ebs_csi_role_arn: text("IAM role of the EBS CSI controller"),
} as const satisfies OutputContract;

/** Outputs of the autoscaling stack. */
export const autoscalingContract = {
  karpenter_aws: map(
    "Karpenter's roles and queue (controller_role_arn, node_role_arn, ...); empty without it",
  ),
  keda_aws: map("AWS role of KEDA's operator (operator_role_arn); empty without queues"),
} as const satisfies OutputContract;

/** Outputs of the policies stack. */
export const policiesContract = {
  namespaces: list("Namespaces that the stack makes"),
} as const satisfies OutputContract;

/** Outputs of the secrets stack. */
export const secretsContract = {
  external_secrets_role_arn: text("IAM role of External Secrets; empty without it"),
  store_role_arns: map("IAM roles of the secret stores, by store"),
} as const satisfies OutputContract;

/** Outputs of the observability stack. */
export const observabilityContract = {
  role_arns: map("IAM roles of agents and collectors, by component"),
} as const satisfies OutputContract;

/** Outputs of the gitops stack. */
export const gitopsContract = {
  namespace: text("Namespace of Argo CD"),
  repository: text("Git repository of the fleet's applications"),
} as const satisfies OutputContract;

/** Outputs of the backup stack. */
export const backupContract = {
  bucket: text("Bucket of the backups"),
  key_arn: text("KMS key of the bucket"),
  role_arn: text("IAM role of Velero"),
} as const satisfies OutputContract;

/** Outputs of the identity stack. */
export const identityContract = {
  trust_domain: text("SPIFFE trust domain of the workloads"),
} as const satisfies OutputContract;

/** Outputs of the federation stack. */
export const federationContract = {
  peers: list("Targets that this one made a connection with"),
} as const satisfies OutputContract;

/** Outputs of the ingress stack. */
export const ingressContract = {
  load_balancer_controller_role_arn: text("IAM role of the AWS Load Balancer Controller"),
  external_dns_role_arn: text("IAM role of external-dns; empty without it"),
  cert_manager_role_arn: text("IAM role of cert-manager; empty without it"),
  access_logs_bucket: text("Bucket of load balancers' access logs; empty without"),
} as const satisfies OutputContract;

/** Outputs of the mesh stack. */
export const meshContract = {
  kind: text("Data plane, as configured"),
  id: text("Name of the mesh"),
  trust_domain: text("Root of workload identities; empty with Cilium"),
  network_name: text("Name of the network in the mesh; empty with Cilium"),
  address: text("Host name by which peers read Cilium's state of the cluster; empty with Istio"),
  reader_token: {
    ...text("Token by which peers read the cluster; empty but with tokenExchange: terraform-state"),
    sensitive: true,
  },
} as const satisfies OutputContract;

/** Outputs of the workloads stack. */
export const workloadsContract = {
  services: list("Services that the stack makes"),
  role_arns: map("IAM roles of services that have one, by service"),
} as const satisfies OutputContract;

/** What each stack publishes. */
export const contracts: Readonly<Record<StackName, OutputContract>> = {
  network: networkContract,
  cluster: clusterContract,
  cni: cniContract,
  nodes: nodesContract,
  autoscaling: autoscalingContract,
  secrets: secretsContract,
  ingress: ingressContract,
  policies: policiesContract,
  observability: observabilityContract,
  gitops: gitopsContract,
  mesh: meshContract,
  identity: identityContract,
  backup: backupContract,
  workloads: workloadsContract,
  federation: federationContract,
};
