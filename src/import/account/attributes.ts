/** Fields that say nothing of a wish: names, times, states, and what AWS makes of itself (EKS, EC2, IAM and Logs API References). */
const OF_ALL =
  /^(status|health|createdAt|modifiedAt|associatedAt|CreateTime|OwnerId|State|arn|(?!targetRoleArn)\w+Arn|Tags)\b/;

const QUIET: Readonly<Record<string, RegExp>> = {
  cluster:
    /^(endpoint|certificateAuthority|clientRequestToken|platformVersion|id|encryptionConfig|identity|connectorConfig|resourcesVpcConfig\.(clusterSecurityGroupId|controlPlaneEgressMode)|kubernetesNetworkConfig\.(serviceIpv6Cidr|elasticLoadBalancing)|accessConfig\.bootstrapClusterCreatorAdminPermissions)\b/,
  group: /^(nodegroupName|clusterName|version|releaseVersion|resources|launchTemplate)\b/,
  "add-on":
    /^(clusterName|publisher|owner|marketplaceInformation|podIdentityAssociations|serviceAccountRoleArn|namespaceConfig)\b/,
  "access-entry": /^(clusterName|username)\b/,
  "access-policy": /^$/,
  association: /^(clusterName|namespace|serviceAccount|associationId|ownerArn)\b/,
  identity: /^(clusterName|associationId|associationArn|externalId|disableSessionTags)\b/,
  vpc: /^(DhcpOptionsId|IsDefault|VpcId|CidrBlockAssociationSet|BlockPublicAccessStates)\b/,
  subnet:
    /^(AvailabilityZoneId|AvailableIpAddressCount|DefaultForAz|MapPublicIpOnLaunch|VpcId|AssignIpv6AddressOnCreation|Ipv6CidrBlockAssociationSet|Ipv6Native|EnableDns64|PrivateDnsNameOptionsOnLaunch|MapCustomerOwnedIpOnLaunch|BlockPublicAccessStates|Type)\b/,
  "route-table": /^(VpcId|PropagatingVgws|Associations|Routes)\b/,
  "nat-gateway":
    /^(NatGatewayAddresses|VpcId|ConnectivityType|AvailabilityMode|AutoScalingIps|AutoProvisionZones|AttachedAppliances|RouteTableId)\b/,
  endpoint:
    /^(VpcId|RouteTableIds|SubnetIds|Groups|IpAddressType|DnsOptions|PrivateDnsEnabled|RequesterManaged|NetworkInterfaceIds|DnsEntries|CreationTimestamp|ServiceRegion|Ipv4Prefixes|Ipv6Prefixes)\b/,
  "internet-gateway": /^Attachments\b/,
  template:
    /^(LaunchTemplateId|LaunchTemplateName|VersionNumber|VersionDescription|CreatedBy|DefaultVersion|Operator|LaunchTemplateData\.(TagSpecifications|MetadataOptions|SecurityGroupIds|BlockDeviceMappings|NetworkInterfaces|IamInstanceProfile|Monitoring))\b/,
  "log-group":
    /^(creationTime|metricFilterCount|arn|storedBytes|logGroupClass|logGroupArn|kmsKeyId|logGroupName|retentionInDays|deletionProtectionEnabled)\b/,
  "attached-policy": /^PolicyName\b/,
  role: /^/,
  "role-policy": /^/,
};

const REASONS: readonly (readonly [RegExp, string])[] = [
  [/^cluster accessConfig/, "access entries alone; the creator as such has none"],
  [
    /^cluster (computeConfig|storageConfig)/,
    "EKS Auto Mode is another way to have nodes: managed groups and karpenter are those here",
  ],
  [/^cluster (outpostConfig|remoteNetworkConfig)/, "Outposts and hybrid nodes are not part of the platform"],
  [/^cluster (controlPlaneScalingConfig)/, "the control plane's own settings are EKS's defaults"],
  [
    /^group remoteAccess|^template LaunchTemplateData\.KeyName/,
    "no SSH: Session Manager opens a shell, which IAM allows and CloudTrail records",
  ],
  [
    /^identity targetRoleArn/,
    "pods get the role itself, and no other by it: let them assume that one, and name sts:AssumeRole in podIdentities",
  ],
  [/^group nodeRepairConfig/, "EKS's node repair is not set here"],
  [
    /^template LaunchTemplateData\.UserData/,
    "nodes start as their image says; nodes.<group>.kubelet has what can be set",
  ],
  [/ tags\b/, "tags of a target (tags) are on all that it makes"],
];

export function isQuiet(kind: string, path: string): boolean {
  return OF_ALL.test(path) || (QUIET[kind]?.test(path) ?? false);
}

export function saidOf(kind: string, path: string): string {
  const known = REASONS.find(([matches]) => matches.test(`${kind} ${path}`))?.[1];
  return known ?? "the platform decides it, or has nothing like it";
}
