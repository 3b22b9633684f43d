import type { AwsCall } from "../aws-call";
import { callsOf, type ClusterPlace, ec2Arn, requestTags, resourceTags, volumeKeyCalls } from "../calls-of";

const VERSION = "aws/karpenter-provider-aws v1.14.1";

export interface KarpenterUse {
  readonly queueArn?: string;
  /** Of the nodes. */
  readonly nodeRoleArn: string;
  /** Whether NodeClasses name the role, for which Karpenter makes instance profiles, or a profile that is there. */
  readonly makesProfiles: boolean;
  /** Of the volumes' encryption. */
  readonly keyArns: readonly string[];
  readonly capacityTypes: readonly ("spot" | "on-demand" | "reserved")[];
  /** `settings.enableZonalShift` of the chart. */
  readonly zonalShift?: boolean;
  /** `settings.isolatedVPC`: Karpenter then reads no prices. */
  readonly isolated?: boolean;
  /** Tags that the EC2NodeClasses add. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Prices have few endpoints: pkg/providers/pricing/pricing.go, NewAPI. */
function pricingRegion(region: string): string {
  const nearest = { ap: "ap-south-1", cn: "cn-northwest-1", eu: "eu-central-1" };
  return Object.entries(nearest).find(([area]) => region.startsWith(`${area}-`))?.[1] ?? "us-east-1";
}

/** What Karpenter's controller calls, with the checks by dry run that it makes first. */
export function karpenterCalls(place: ClusterPlace, use: KarpenterUse): AwsCall[] {
  const { clusterName, region, partition, accountId } = place;
  const ec2 = callsOf("ec2", `${VERSION} pkg/providers`);
  const arns = (...names: readonly string[]) => names.map((each) => ec2Arn(place, `${each}/*`));
  // pkg/utils/utils.go, GetTags.
  const tags = {
    ...use.tags,
    [`kubernetes.io/cluster/${clusterName}`]: "owned",
    "karpenter.sh/nodepool": "*",
    "eks:eks-cluster-name": clusterName,
    "karpenter.k8s.aws/ec2nodeclass": "*",
  };
  const inRegion = { "aws:RequestedRegion": [region] };
  const tagged = { ...requestTags(tags), ...inRegion };
  const owned = { ...resourceTags("ec2", tags), ...inRegion };
  const made = ["fleet", "instance", "volume", "network-interface"];
  const used = ["snapshot", "security-group", "subnet"];
  const spot = use.capacityTypes.includes("spot") ? ["spot-instances-request"] : [];
  const reserved = use.capacityTypes.includes("reserved") ? ["capacity-reservation"] : [];
  const created = (action: string) => ({ ...tagged, "ec2:CreateAction": [action] });
  return [
    ...ec2(
      "find images, types, networks, prices and instances",
      "DescribeCapacityReservations DescribeImages DescribeInstances DescribeInstanceStatus DescribeInstanceTypeOfferings DescribeInstanceTypes DescribeLaunchTemplates DescribePlacementGroups DescribeSecurityGroups DescribeSpotPriceHistory DescribeSubnets",
      ["*"],
      inRegion,
    ),
    ...ec2("make a launch template", "CreateLaunchTemplate", arns("launch-template"), tagged),
    ...ec2("tag it", "CreateTags", arns("launch-template"), created("CreateLaunchTemplate")),
    ...ec2("launch instances", "CreateFleet RunInstances", arns(...made.slice(1), ...spot), tagged),
    ...ec2("launch instances", "CreateFleet", arns("fleet"), tagged),
    ...ec2("launch instances", "CreateFleet RunInstances", arns("launch-template"), owned),
    ...ec2("launch instances", "CreateFleet RunInstances", arns(...used, ...reserved), inRegion),
    // NodeClasses name AWS's own images, by alias or public parameter.
    ...ec2("launch instances", "CreateFleet RunInstances", arns("image"), {
      ...inRegion,
      "ec2:Owner": ["amazon"],
    }),
    ...ec2("tag what is launched", "CreateTags", arns(...made, ...spot), created("CreateFleet")),
    // The dry run of pkg/controllers/nodeclass/validation.go.
    ...ec2("tag what is launched", "CreateTags", arns(...made.slice(1)), created("RunInstances")),
    // pkg/controllers/nodeclaim/tagging/controller.go, without those that the instance has.
    ...ec2("name a node's instance", "CreateTags", arns("instance"), {
      ...owned,
      ...requestTags({ Name: "*", "karpenter.sh/nodeclaim": "*" }),
    }),
    ...ec2("end instances", "TerminateInstances", arns("instance"), owned),
    ...ec2("delete launch templates", "DeleteLaunchTemplate", arns("launch-template"), owned),
    ...profileCalls(place, use),
    ...callsOf("eks", `${VERSION} pkg/operator/operator.go`)("find the API server", "DescribeCluster", [
      `arn:${partition}:eks:${region}:${accountId}:cluster/${clusterName}`,
    ]),
    ...callsOf("ssm", `${VERSION} pkg/providers/ssm/provider.go`)("resolve images", "GetParameter", [
      `arn:${partition}:ssm:${region}::parameter/aws/service/*`,
    ]),
    ...(use.isolated === true
      ? []
      : callsOf("pricing", `${VERSION} pkg/providers/pricing/pricing.go`)("prices", "GetProducts", ["*"], {
          "aws:RequestedRegion": [pricingRegion(region)],
        })),
    ...(use.queueArn === undefined
      ? []
      : callsOf("sqs", `${VERSION} pkg/providers/sqs/sqs.go`)(
          "hear of interruptions",
          "DeleteMessage GetQueueUrl ReceiveMessage",
          [use.queueArn],
        )),
    ...(use.zonalShift === true
      ? callsOf("arc-zonal-shift", `${VERSION} pkg/operator/operator.go`)(
          "see zonal shifts",
          "GetManagedResource",
          ["*"],
          {
            "arc-zonal-shift:ResourceIdentifier": [
              `arn:${partition}:eks:${region}:${accountId}:cluster/${clusterName}`,
            ],
          },
        )
      : []),
    ...volumeKeyCalls("volumes of nodes", place, use.keyArns),
  ];
}

/** The instance profile that Karpenter makes for a NodeClass with a role. pkg/providers/instanceprofile/instanceprofile.go. */
function profileCalls(place: ClusterPlace, { nodeRoleArn, makesProfiles }: KarpenterUse): AwsCall[] {
  const { clusterName, region, partition, accountId } = place;
  const iam = callsOf("iam", `${VERSION} pkg/providers/instanceprofile/instanceprofile.go`);
  const profiles = [`arn:${partition}:iam::${accountId}:instance-profile/*`];
  const tags = {
    [`kubernetes.io/cluster/${clusterName}`]: "owned",
    "eks:eks-cluster-name": clusterName,
    "karpenter.k8s.aws/ec2nodeclass": "*",
    "topology.kubernetes.io/region": region,
  };
  const passing = iam("give nodes their role", "PassRole", [nodeRoleArn], {
    "iam:PassedToService": ["ec2.amazonaws.com"],
  });
  if (!makesProfiles) return passing;
  return [
    ...passing,
    ...iam("find instance profiles", "ListInstanceProfiles", ["*"]),
    ...iam("find instance profiles", "GetInstanceProfile", profiles),
    ...iam("make an instance profile", "CreateInstanceProfile", profiles, requestTags(tags)),
    ...iam("tag an instance profile", "TagInstanceProfile", profiles, {
      ...resourceTags("iam", tags),
      ...requestTags(tags),
    }),
    ...iam(
      "give it the nodes' role, delete it",
      "AddRoleToInstanceProfile RemoveRoleFromInstanceProfile DeleteInstanceProfile",
      profiles,
      resourceTags("iam", tags),
    ),
  ];
}
