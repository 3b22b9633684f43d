/** What is said of keys that no setting takes, by the path they are at; the first that matches. */
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/^metadata\.annotations/, "annotations of eksctl's own mean nothing here"],
  [/^iam\.withOIDC/, "no OIDC provider is needed: pods get roles by EKS Pod Identity"],
  [/^iam\.serviceRole/, "the cluster's role is made with the cluster"],
  [/^iam\b/, "roles of the platform are its own, with the policies that it proves"],
  [/^accessConfig\.(authenticationMode|bootstrap)/, "access entries alone; the creator as such has none"],
  [/^iamIdentityMappings/, "access entries take a role and groups; EKS makes the name"],
  [/^addonsConfig/, "the platform decides which add-ons there are, and with which roles"],
  [
    /^autoModeConfig/,
    "EKS Auto Mode is another way to have nodes: managed groups and karpenter are those here",
  ],
  [/^fargateProfiles/, "pods on Fargate are not part of the platform; karpenter makes nodes for them"],
  [/^secretsEncryption/, "Secrets are encrypted by a key that the cluster stack makes"],
  [/^capabilities/, "EKS capabilities are not part of the platform; gitops installs Argo CD in the cluster"],
  [/^gitops/, "Flux is not part of the platform; gitops installs Argo CD"],
  [/^identityProviders/, "people get in by IAM roles (cluster.access)"],
  [
    /^(outpost|localZones|remoteNetworkConfig)/,
    "Outposts, Local Zones and hybrid nodes are not part of the platform",
  ],
  [/^(controlPlaneScalingConfig|kube\w+Config)/, "the control plane's own settings are EKS's defaults"],
  [/^privateCluster/, "endpoints are those that the target calls (network.endpoints)"],
  [
    /^vpc\.(subnets|id)/,
    "subnets are laid out by network.subnets; network.existing takes those that there are",
  ],
  [/^vpc\.controlPlaneSubnetIDs/, "network.existing.subnets.controlPlane takes subnets that there are"],
  [
    /^vpc\.(controlPlaneSecurityGroupIDs|securityGroup)/,
    "cluster.securityGroups takes groups of that VPC by id",
  ],
  [/^vpc\.(extraCIDRs)/, "network.secondaryCidrs takes further ranges of the VPC"],
  [/^vpc\.\w/, "the VPC module has no such setting here"],
  [/\.ssh\b/, "no SSH: Session Manager opens a shell, which IAM allows and CloudTrail records"],
  [/\.iam\.withAddonPolicies/, "nodes have no rights of controllers: each controller has a role of its own"],
  [/\.iam$|\.iam\./, "the nodes' role is made with the group"],
  [/\.securityGroups/, "nodes share the platform's security group (cluster.securityGroupRules adds rules)"],
  [
    /\.(preBootstrapCommands|overrideBootstrapCommand|bottlerocket|kubeletExtraConfig|clusterDNS)/,
    "nodes start as their image says; nodes.<group>.kubelet has what can be set",
  ],
  [/\.subnets/, "nodes are in the nodes' subnets of their zones (nodes.<group>.zones)"],
  [/\.placement/, "nodes.<group>.placementGroup takes a group that there is, with its strategy"],
  [
    /\.(targetGroupARNs|classicLoadBalancerNames)/,
    "load balancers come from Services and Ingresses (ingress.loadBalancers)",
  ],
  [/\.additionalVolumes/, "a node has its root volume; pods get volumes of their own from the EBS driver"],
  [/\.volume(KmsKeyID|Name)/, "root volumes are encrypted by the account's key for EBS"],
  [/\.nodeRepairConfig/, "EKS's node repair is not set here"],
  [/\.launchTemplate/, "launch templates are made with the group"],
  [/\.(disableIMDSv1|disablePodIMDS)/, "IMDSv2 alone, and no pod reaches it"],
  [
    /\.(asg\w*|propagateASGTags|maxInstanceLifetime|instancesDistribution|instanceMarketOptions|cpuCredits)/,
    "EKS manages the group of instances",
  ],
  [
    /\.(instanceName|instancePrefix|enableDetailedMonitoring|ebsOptimized|enclaveEnabled|containerRuntime|releaseVersion|outpostARN)/,
    "managed groups here have no such setting",
  ],
  [/^addons\[\d+\]\./, "the platform sets the add-on"],
];

/** Why what stands at a path is not carried over, where that is known. */
export function reasonOf(path: string): string | undefined {
  return REASONS.find(([matches]) => matches.test(path))?.[1];
}
