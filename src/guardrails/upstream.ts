/** Ids by which other tools know what a rule of ours checks. */
export interface UpstreamIds {
  readonly cdkNag?: readonly string[];
  readonly checkov?: readonly string[];
  readonly trivy?: readonly string[];
  readonly hardeneks?: readonly string[];
  readonly cis?: readonly string[];
}

/** Where the ids were read, all on 2026-11-21 in stored copies of the repositories. */
export const upstreamSources = {
  cdkNag: "cdklabs/cdk-nag RULES.md",
  checkov: "bridgecrewio/checkov docs/5.Policy Index",
  trivy: "aquasecurity/trivy-checks checks/",
  hardeneks: "aws-samples/hardeneks hardeneks/",
  cis: "CIS EKS benchmark 1.8.0, as aquasecurity/kube-bench cfg/eks-1.8.0 numbers it",
} as const;

const networking = {
  "NET-SG-WORLD-INGRESS": {
    cdkNag: ["AwsSolutions-EC23"],
    checkov: ["CKV_AWS_260", "CKV_AWS_277"],
    trivy: ["AWS-0107"],
  },
  "NET-SG-ADMIN-PORT": {
    cdkNag: ["NIST.800.53.R5-EC2RestrictedSSH", "NIST.800.53.R5-EC2RestrictedCommonPorts"],
    checkov: ["CKV_AWS_24", "CKV_AWS_25"],
  },
  "NET-SG-DESCRIPTION": {
    cdkNag: ["AwsSolutions-EC27"],
    checkov: ["CKV_AWS_23"],
    trivy: ["AWS-0099", "AWS-0124"],
  },
  "NET-DEFAULT-SG-CLOSED": {
    cdkNag: ["NIST.800.53.R5-VPCDefaultSecurityGroupClosed"],
    checkov: ["CKV2_AWS_12"],
    trivy: ["AWS-0173"],
  },
  "NET-FLOW-LOGS": {
    cdkNag: ["AwsSolutions-VPC7", "NIST.800.53.R5-VPCFlowLogsEnabled"],
    checkov: ["CKV2_AWS_11"],
    trivy: ["AWS-0178"],
    hardeneks: ["check_vpc_flow_logs"],
  },
  "NET-SUBNET-PUBLIC-IP": {
    cdkNag: ["NIST.800.53.R5-VPCSubnetAutoAssignPublicIpDisabled"],
    checkov: ["CKV_AWS_130"],
    trivy: ["AWS-0164"],
  },
  "NET-NACL-ADMIN-PORT": {
    cdkNag: ["AwsSolutions-VPC3"],
    checkov: ["CKV_AWS_231", "CKV_AWS_232"],
    trivy: ["AWS-0105"],
  },
  "NET-LISTENER-TLS": {
    cdkNag: ["NIST.800.53.R5-ALBHttpToHttpsRedirection"],
    checkov: ["CKV_AWS_2", "CKV2_AWS_20"],
    trivy: ["AWS-0054"],
  },
  "K8S-INGRESS-TLS": { hardeneks: ["use_encryption_with_aws_load_balancers"], cis: ["5.4.5"] },
  "K8S-INGRESS-SNIPPET": { checkov: ["CKV_K8S_152", "CKV_K8S_153", "CKV_K8S_154"], trivy: ["KCV-0093"] },
} satisfies Record<string, UpstreamIds>;

const cluster = {
  "EKS-ENDPOINT-WORLD": { checkov: ["CKV_AWS_38"], trivy: ["AWS-0041"], cis: ["5.4.1"] },
  "EKS-ENDPOINT-PUBLIC": {
    cdkNag: ["AwsSolutions-EKS1"],
    checkov: ["CKV_AWS_39"],
    trivy: ["AWS-0040"],
    hardeneks: ["check_endpoint_public_access"],
    cis: ["5.4.2"],
  },
  "EKS-ENDPOINT-PRIVATE": { cis: ["5.4.2"] },
  "EKS-LOGS": {
    cdkNag: ["AwsSolutions-EKS2"],
    checkov: ["CKV_AWS_37"],
    trivy: ["AWS-0038"],
    hardeneks: ["check_logs_are_enabled"],
    cis: ["2.1.1"],
  },
  "EKS-SECRETS-ENCRYPTION": { checkov: ["CKV_AWS_58"], trivy: ["AWS-0039"], cis: ["5.3.1"] },
  "EKS-AUTH-MODE": { cis: ["4.1.7"] },
  "NODE-IMDSV1": {
    cdkNag: ["NIST.800.53.R5-EC2IMDSv2Enabled"],
    checkov: ["CKV_AWS_79"],
    trivy: ["AWS-0028", "AWS-0130"],
  },
  "NODE-IMDS-HOPS": { checkov: ["CKV_AWS_341"], hardeneks: ["check_access_to_instance_profile"] },
  "NODE-VOLUME-ENCRYPTION": {
    cdkNag: ["AwsSolutions-EC26"],
    checkov: ["CKV_AWS_3"],
    trivy: ["AWS-0026", "AWS-0008", "AWS-0131"],
    hardeneks: ["use_encryption_with_ebs"],
  },
  "NODE-VOLUME-KEY": { checkov: ["CKV_AWS_189"], trivy: ["AWS-0027"] },
  "NODE-SSH": { checkov: ["CKV_AWS_100"] },
  "NODE-PUBLIC-IP": {
    cdkNag: ["NIST.800.53.R5-EC2InstanceNoPublicIp"],
    checkov: ["CKV_AWS_88"],
    trivy: ["AWS-0009"],
    cis: ["5.4.3"],
  },
  "NODE-PUBLIC-SUBNET": { hardeneks: ["deploy_workers_onto_private_subnets"], cis: ["5.4.3"] },
  "NODE-USER-DATA-SECRET": { checkov: ["CKV_AWS_46"], trivy: ["AWS-0029", "AWS-0129"] },
} satisfies Record<string, UpstreamIds>;

const access = {
  "IAM-ACTION-WILDCARD": {
    cdkNag: ["AwsSolutions-IAM5"],
    checkov: ["CKV_AWS_49", "CKV_AWS_63"],
    trivy: ["AWS-0057"],
  },
  "IAM-RESOURCE-WILDCARD": {
    cdkNag: ["AwsSolutions-IAM5"],
    checkov: ["CKV_AWS_355", "CKV_AWS_356"],
    trivy: ["AWS-0057"],
  },
  "IAM-PASS-ROLE": { trivy: ["AWS-0342"] },
  "IAM-ESCALATION": { checkov: ["CKV_AWS_110", "CKV_AWS_286"] },
  "IAM-TRUST-WORLD": { checkov: ["CKV_AWS_60", "CKV_AWS_61"] },
  "IAM-TRUST-OIDC-SUBJECT": { checkov: ["CKV_AWS_358", "CKV_AWS_393"] },
  "IAM-ADMIN-POLICY": { cdkNag: ["AwsSolutions-IAM4"], checkov: ["CKV_AWS_274", "CKV2_AWS_56"] },
  "IAM-NODE-CNI-POLICY": { hardeneks: ["check_aws_node_daemonset_service_account"] },
  "IAM-USER": { checkov: ["CKV_AWS_40"], trivy: ["AWS-0143"] },
  "ENC-LOG-GROUP": { cdkNag: ["NIST.800.53.R5-CloudWatchLogGroupEncrypted"], checkov: ["CKV_AWS_158"] },
  "ENC-LOG-RETENTION": {
    cdkNag: ["NIST.800.53.R5-CloudWatchLogGroupRetentionPeriod"],
    checkov: ["CKV_AWS_66"],
  },
  "ENC-KEY-ROTATION": { cdkNag: ["AwsSolutions-KMS5"], checkov: ["CKV_AWS_7"], trivy: ["AWS-0065"] },
  "ENC-KEY-POLICY": { checkov: ["CKV_AWS_33"] },
  "ENC-QUEUE": { cdkNag: ["AwsSolutions-SQS2"], checkov: ["CKV_AWS_27"], trivy: ["AWS-0096"] },
  "ENC-RESOURCE-POLICY": { checkov: ["CKV_AWS_70", "CKV_AWS_168", "CKV_AWS_387"] },
  "ENC-BUCKET-PUBLIC": { cdkNag: ["AwsSolutions-S2"], checkov: ["CKV2_AWS_6"] },
  "ENC-BUCKET-TLS": { cdkNag: ["AwsSolutions-S10"] },
  "ENC-BUCKET-VERSIONS": { cdkNag: ["NIST.800.53.R5-S3BucketVersioningEnabled"], checkov: ["CKV_AWS_21"] },
  "ENC-FILE-SYSTEM": { hardeneks: ["use_encryption_with_efs"] },
  "SEC-SECRET-KEY": { cdkNag: ["NIST.800.53.R5-SecretsManagerUsingKMSKey"], checkov: ["CKV_AWS_149"] },
  "SEC-ROTATION": { cdkNag: ["AwsSolutions-SMG4"], checkov: ["CKV_AWS_304"] },
  "SEC-CONFIG-MAP": { trivy: ["KSV-0109", "KSV-01010"] },
  "SEC-ENVIRONMENT": {
    checkov: ["CKV_K8S_35"],
    hardeneks: ["disallow_secrets_from_env_vars"],
    cis: ["4.4.1"],
  },
  "SEC-MANIFEST-LITERAL": { cis: ["4.4.2"] },
  "SEC-TOKEN-MOUNT": {
    checkov: ["CKV_K8S_38"],
    trivy: ["KSV-0036"],
    hardeneks: ["disable_service_account_token_mounts"],
    cis: ["4.1.6"],
  },
} satisfies Record<string, UpstreamIds>;

const kubernetes = {
  "K8S-PRIVILEGED": { checkov: ["CKV_K8S_16"], trivy: ["KSV-0017"], cis: ["4.2.1"] },
  "K8S-HOST-NAMESPACES": {
    checkov: ["CKV_K8S_17", "CKV_K8S_18", "CKV_K8S_19"],
    trivy: ["KSV-0008", "KSV-0009", "KSV-0010"],
    cis: ["4.2.2", "4.2.3", "4.2.4"],
  },
  "K8S-HOST-PATH": {
    checkov: ["CKV_K8S_27"],
    trivy: ["KSV-0006", "KSV-0023"],
    hardeneks: ["disallow_host_path_or_make_it_read_only", "disallow_container_socket_mount"],
  },
  "K8S-HOST-PORT": { checkov: ["CKV_K8S_26"], trivy: ["KSV-0024"] },
  "K8S-RUN-AS-ROOT": {
    checkov: ["CKV_K8S_23"],
    trivy: ["KSV-0012"],
    hardeneks: ["disable_run_as_root_user"],
  },
  "K8S-ROOT-USER": { trivy: ["KSV-0105"] },
  "K8S-ESCALATION": {
    checkov: ["CKV_K8S_20"],
    trivy: ["KSV-0001"],
    hardeneks: ["disallow_privilege_escalation"],
    cis: ["4.2.5"],
  },
  "K8S-CAPABILITIES": {
    checkov: ["CKV_K8S_25", "CKV_K8S_28", "CKV_K8S_37", "CKV_K8S_39"],
    trivy: ["KSV-0003", "KSV-0022", "KSV-0106"],
    hardeneks: ["disallow_linux_capabilities"],
  },
  "K8S-ROOT-FILESYSTEM": {
    checkov: ["CKV_K8S_22"],
    trivy: ["KSV-0014"],
    hardeneks: ["check_read_only_root_file_system"],
  },
  "K8S-SECCOMP": { checkov: ["CKV_K8S_31"], trivy: ["KSV-0030", "KSV-0104"] },
  "K8S-IMAGE-TAG": { checkov: ["CKV_K8S_14"], trivy: ["KSV-0013"] },
  "K8S-RESOURCES": {
    checkov: ["CKV_K8S_10", "CKV_K8S_12", "CKV_K8S_13"],
    trivy: ["KSV-0015", "KSV-0016", "KSV-0018"],
    hardeneks: ["set_requests_limits_for_containers"],
  },
  "K8S-PROBES": {
    checkov: ["CKV_K8S_8", "CKV_K8S_9"],
    hardeneks: ["check_readiness_probes", "check_liveness_probes"],
  },
  "K8S-REPLICAS": { hardeneks: ["run_multiple_replicas"] },
  "K8S-DEFAULT-NAMESPACE": { checkov: ["CKV_K8S_21"], trivy: ["KSV-0110"], cis: ["4.5.2"] },
  "K8S-EXTERNAL-IP": { trivy: ["KSV-0108"] },
  "K8S-POD-SECURITY": { hardeneks: ["ensure_namespace_psa_exist"], cis: ["4.2.1"] },
  "K8S-DEFAULT-DENY": { hardeneks: ["check_default_deny_policy_exists"], cis: ["4.3.2"] },
  "K8S-RBAC-WILDCARD": {
    checkov: ["CKV_K8S_49"],
    trivy: ["KSV-0044", "KSV-0045", "KSV-0046"],
    hardeneks: ["restrict_wildcard_for_cluster_roles", "restrict_wildcard_for_roles"],
    cis: ["4.1.3"],
  },
  "K8S-RBAC-ESCALATION": {
    checkov: ["CKV_K8S_157", "CKV_K8S_158"],
    trivy: ["KSV-0043", "KSV-0050"],
    cis: ["4.1.8"],
  },
  "K8S-RBAC-SECRETS": { trivy: ["KSV-0041"], cis: ["4.1.2"] },
  "K8S-RBAC-ADMIN": { trivy: ["KSV-0111"], cis: ["4.1.1"] },
  "K8S-RBAC-ANONYMOUS": {
    trivy: ["KSV-0122", "KSV-0123", "KSV-01011"],
    hardeneks: ["disable_anonymous_access_for_cluster_roles", "disable_anonymous_access_for_roles"],
  },
  "K8S-DEFAULT-ACCOUNT": { checkov: ["CKV_K8S_42"], cis: ["4.1.5"] },
} satisfies Record<string, UpstreamIds>;

/** By id of our rule; a rule that is not here has no counterpart that was found. */
export const upstreamIds: Readonly<Record<string, UpstreamIds>> = {
  ...networking,
  ...cluster,
  ...access,
  ...kubernetes,
};

/** What those tools ask for and nobody can decide before apply, or that these rules leave to others; and why. */
export const notCovered: readonly { readonly ids: readonly string[]; readonly why: string }[] = [
  {
    ids: ["CIS 3.1.1", "CIS 3.2.1", "CIS 3.2.9"],
    why: "files and flags of kubelet on a running node: the AMI's, checked by kube-bench there",
  },
  {
    ids: [
      "CIS 5.1.1",
      "CIS 5.1.2",
      "CIS 5.1.3",
      "use_immutable_tags_with_ecr",
      "make_sure_inspector_is_enabled",
    ],
    why: "registries and scanners of the account, which no stack here makes",
  },
  {
    ids: [
      "CIS 4.1.4",
      "check_any_cluster_autoscaler_exists",
      "check_metrics_server_is_running",
      "check_horizontal_pod_autoscaling_exists",
    ],
    why: "what runs in a live cluster",
  },
  {
    ids: ["CKV_AWS_339", "check_eks_version"],
    why: "support of a Kubernetes version is judged by the release and supportPolicy (npx octarine config validate)",
  },
  { ids: ["CKV_AWS_338"], why: "how long logs are kept is the target's choice: cluster.logs.retentionDays" },
  {
    ids: ["CKV_AWS_382", "AWS-0104"],
    why: "nodes may open connections anywhere: where these end is for routes, endpoint policies and network policy",
  },
  { ids: ["CKV_K8S_11", "KSV-0011"], why: "a CPU limit throttles; requests decide the share" },
  {
    ids: ["CKV_K8S_15", "CKV_K8S_43"],
    why: "a fixed tag or digest makes the pull policy matter less; digests are a release's business",
  },
  {
    ids: ["AwsSolutions-SQS3", "AwsSolutions-SQS4", "CKV2_AWS_73"],
    why: "Karpenter's queue holds events that are worthless after minutes",
  },
];
