import { text, type OutputContract } from "../base/output-contract";

/** What the cluster stack publishes. */
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
