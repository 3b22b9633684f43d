import { aws, type Question } from "../live/question";
import { type Fields, listOf, tagsOf, textOf } from "./answers";

/** What controllers of a cluster made in its account, and nobody's Terraform knows. */
export interface Leftover {
  readonly kind: LeftoverKind;
  /** Id, or ARN, by which AWS deletes it. */
  readonly id: string;
  /** What a reader knows it by. */
  readonly name: string;
  /** Whether it holds what can't be made again. */
  readonly isData: boolean;
}

export type LeftoverKind =
  | "instance"
  | "load balancer"
  | "classic load balancer"
  | "target group"
  | "VPC endpoint"
  | "network interface"
  | "security group"
  | "launch template"
  | "instance profile"
  | "volume"
  | "snapshot"
  | "log group";

/** Whose things are looked for. */
export interface Cluster {
  readonly name: string;
  readonly region: string;
  /** Its VPC; undefined where that is gone. */
  readonly vpcId?: string;
  /** Whether others may be in that VPC: what is of the VPC, and not of the cluster, is then theirs as well. */
  readonly isVpcShared?: boolean;
  /** Whether it is deleted already: what EKS itself left of it is looked for then, too. */
  readonly isGone?: boolean;
}

/** How things of a kind are found, known as the cluster's, and deleted; in the order in which they let go of each other. */
export interface Kind {
  readonly kind: LeftoverKind;
  /** Who makes them, for readers. */
  readonly madeBy: string;
  readonly find: (cluster: Cluster) => Question;
  /** Those of an answer that are the cluster's. */
  readonly read: (answer: unknown, cluster: Cluster) => readonly Found[];
  readonly remove: (id: string) => Question;
  /** Where the answer of `find` has no tags: how they are asked for. */
  readonly tags?: TagsApart;
  readonly isData?: boolean;
}

export interface TagsApart {
  readonly question: (ids: readonly string[]) => Question;
  /** Field by which an answer's item says whose tags they are. */
  readonly id: string;
}

export type Found = Pick<Leftover, "id" | "name">;

const filter = (name: string, ...values: readonly string[]) => `Name=${name},Values=${values.join(",")}`;
const ec2 = (verb: string, ...args: readonly string[]) => aws("ec2", verb, ...args, "--output", "json");

/** aws/karpenter-provider-aws v1.14.1, pkg/utils/utils.go: what it makes has both tags. */
const KARPENTER = "eks:eks-cluster-name";
/** kubernetes-sigs/aws-load-balancer-controller v3.5.0, pkg/deploy/tracking/provider.go. */
const BALANCERS = "elbv2.k8s.aws/cluster";
/** aws/karpenter-provider-aws v1.14.1, pkg/controllers/nodeclass/instanceprofile.go: the path of a profile says whose it is. */
const pathOf = ({ name, region }: Cluster) => `/karpenter/${region}/${name}/`;
/** Owned by a cluster: Karpenter, and the EBS driver with `--k8s-tag-cluster-id` (its pkg/driver/constants.go). */
const owned = ({ name }: Cluster) => `kubernetes.io/cluster/${name}`;

/**
 * aws/amazon-vpc-cni-k8s v1.22.4, pkg/awsutils/awsutils.go (eniClusterTagKey); Cilium's by the tags that its operator collects by
 * (cilium v1.19.6, install/kubernetes/cilium/values.yaml, eni.gcTags).
 */
const INTERFACES = ["cluster.k8s.amazonaws.com/name", "io.cilium/cluster-name"];

/**
 * Where no AWS Load Balancer Controller is there, EKS itself makes what a Service of type LoadBalancer asks for: kubernetes/cloud-provider-aws
 * v1.36.1, pkg/providers/v1/aws.go (`k8s-elb-`), aws_loadbalancer.go, and tags.go for `owned`.
 */
const isOwned = (tags: ReadonlyMap<string, string>, cluster: Cluster) => tags.get(owned(cluster)) === "owned";
const SERVICE_GROUP = "k8s-elb-";

/** EKS User Guide, "View Amazon EKS security group requirements": the group that EKS makes for a cluster. */
const EKS = "aws:eks:cluster-name";

/** Whether tags of a load balancer or of its target group say that a controller of the cluster made it. */
export function isBalancers(tags: ReadonlyMap<string, string>, cluster: Cluster): boolean {
  return tags.get(BALANCERS) === cluster.name || isOwned(tags, cluster);
}

const ELBV2_TAGS: TagsApart = {
  question: (arns) => aws("elbv2", "describe-tags", "--resource-arns", ...arns, "--output", "json"),
  id: "ResourceArn",
};

/** GuardDuty's agent brings an endpoint and its group (GuardDuty User Guide, "VPC endpoint", GuardDutyManaged). */
const GUARDDUTY = "GuardDutyManaged";

export const kinds: readonly Kind[] = [
  {
    kind: "instance",
    madeBy: "Karpenter",
    find: ({ name }) =>
      ec2(
        "describe-instances",
        "--filters",
        filter(`tag:${KARPENTER}`, name),
        filter("tag-key", "karpenter.sh/nodepool"),
        filter("instance-state-name", "pending", "running", "stopping", "stopped"),
      ),
    read: (answer) =>
      listOf(answer, "Reservations")
        .flatMap((each) => listOf(each, "Instances"))
        .map((each) => named(each, "InstanceId")),
    remove: (id) => ec2("terminate-instances", "--instance-ids", id),
  },
  {
    kind: "load balancer",
    madeBy: "AWS Load Balancer Controller",
    find: () => aws("elbv2", "describe-load-balancers", "--output", "json"),
    read: (answer, { vpcId }) =>
      listOf(answer, "LoadBalancers")
        .filter((each) => vpcId === undefined || textOf(each, "VpcId") === vpcId)
        .map((each) => ({ id: textOf(each, "LoadBalancerArn"), name: textOf(each, "LoadBalancerName") })),
    remove: (id) => aws("elbv2", "delete-load-balancer", "--load-balancer-arn", id),
    tags: ELBV2_TAGS,
  },
  {
    kind: "classic load balancer",
    madeBy: "EKS",
    find: () => aws("elb", "describe-load-balancers", "--output", "json"),
    read: (answer, { vpcId }) =>
      listOf(answer, "LoadBalancerDescriptions")
        .filter((each) => vpcId === undefined || textOf(each, "VPCId") === vpcId)
        .map((each) => textOf(each, "LoadBalancerName"))
        .map((name) => ({ id: name, name })),
    remove: (name) => aws("elb", "delete-load-balancer", "--load-balancer-name", name),
    tags: {
      question: (names) => aws("elb", "describe-tags", "--load-balancer-names", ...names, "--output", "json"),
      id: "LoadBalancerName",
    },
  },
  {
    kind: "target group",
    madeBy: "AWS Load Balancer Controller",
    find: () => aws("elbv2", "describe-target-groups", "--output", "json"),
    read: (answer, { vpcId }) =>
      listOf(answer, "TargetGroups")
        .filter((each) => vpcId === undefined || textOf(each, "VpcId") === vpcId)
        .map((each) => ({ id: textOf(each, "TargetGroupArn"), name: textOf(each, "TargetGroupName") })),
    remove: (id) => aws("elbv2", "delete-target-group", "--target-group-arn", id),
    tags: ELBV2_TAGS,
  },
  {
    kind: "VPC endpoint",
    madeBy: "GuardDuty",
    find: ({ vpcId = "none" }) =>
      ec2("describe-vpc-endpoints", "--filters", filter("vpc-id", vpcId), filter(`tag-key`, GUARDDUTY)),
    read: (answer, { isVpcShared }) =>
      (isVpcShared === true ? [] : listOf(answer, "VpcEndpoints"))
        .filter((each) => !["deleting", "deleted"].includes(textOf(each, "State").toLowerCase()))
        .map((each) => ({ id: textOf(each, "VpcEndpointId"), name: textOf(each, "ServiceName") })),
    remove: (id) => ec2("delete-vpc-endpoints", "--vpc-endpoint-ids", id),
  },
  {
    kind: "network interface",
    madeBy: "the CNI",
    find: ({ vpcId = "none" }) =>
      ec2("describe-network-interfaces", "--filters", filter("vpc-id", vpcId), filter("status", "available")),
    read: (answer, cluster) =>
      listOf(answer, "NetworkInterfaces")
        .filter((each) => INTERFACES.some((key) => tagsOf(each).get(key) === cluster.name))
        .map((each) => named(each, "NetworkInterfaceId")),
    remove: (id) => ec2("delete-network-interface", "--network-interface-id", id),
  },
  {
    kind: "security group",
    madeBy: "AWS Load Balancer Controller, EKS, GuardDuty",
    find: ({ vpcId = "none" }) => ec2("describe-security-groups", "--filters", filter("vpc-id", vpcId)),
    read: (answer, cluster) =>
      listOf(answer, "SecurityGroups")
        .filter((each) => isLeftGroup(textOf(each, "GroupName"), tagsOf(each), cluster))
        .map((each) => ({ id: textOf(each, "GroupId"), name: textOf(each, "GroupName") })),
    remove: (id) => ec2("delete-security-group", "--group-id", id),
  },
  {
    kind: "launch template",
    madeBy: "Karpenter",
    find: ({ name }) =>
      ec2(
        "describe-launch-templates",
        "--filters",
        filter(`tag:${KARPENTER}`, name),
        filter("tag-key", "karpenter.k8s.aws/ec2nodeclass"),
      ),
    read: (answer) =>
      listOf(answer, "LaunchTemplates").map((each) => ({
        id: textOf(each, "LaunchTemplateId"),
        name: textOf(each, "LaunchTemplateName"),
      })),
    remove: (id) => ec2("delete-launch-template", "--launch-template-id", id),
  },
  {
    kind: "instance profile",
    madeBy: "Karpenter",
    find: (cluster) =>
      aws("iam", "list-instance-profiles", "--path-prefix", pathOf(cluster), "--output", "json"),
    read: (answer, cluster) =>
      listOf(answer, "InstanceProfiles")
        .filter((each) => textOf(each, "Path").startsWith(pathOf(cluster)))
        .map((each) => textOf(each, "InstanceProfileName"))
        .map((name) => ({ id: name, name })),
    remove: (name) => aws("iam", "delete-instance-profile", "--instance-profile-name", name),
  },
  {
    kind: "volume",
    madeBy: "the EBS CSI driver",
    find: (cluster) =>
      ec2(
        "describe-volumes",
        "--filters",
        filter(`tag:${owned(cluster)}`, "owned"),
        filter("tag-key", "kubernetes.io/created-for/pvc/name"),
        filter("status", "available"),
      ),
    read: (answer) =>
      listOf(answer, "Volumes").map((each) => {
        const tags = tagsOf(each);
        const claim = ["namespace", "name"].map(
          (key) => tags.get(`kubernetes.io/created-for/pvc/${key}`) ?? "",
        );
        return {
          id: textOf(each, "VolumeId"),
          name: `${claim.join("/")}, ${typeof each.Size === "number" ? each.Size : "?"} GiB`,
        };
      }),
    remove: (id) => ec2("delete-volume", "--volume-id", id),
    isData: true,
  },
  {
    kind: "snapshot",
    madeBy: "the EBS CSI driver, Velero",
    find: (cluster) =>
      ec2("describe-snapshots", "--owner-ids", "self", "--filters", filter(`tag:${owned(cluster)}`, "owned")),
    read: (answer) => listOf(answer, "Snapshots").map((each) => named(each, "SnapshotId")),
    remove: (id) => ec2("delete-snapshot", "--snapshot-id", id),
    isData: true,
  },
  {
    kind: "log group",
    madeBy: "EKS and its agents, which write their last lines after Terraform has deleted it",
    find: () => aws("logs", "describe-log-groups", "--output", "json"),
    read: (answer, { name }) =>
      listOf(answer, "logGroups")
        .map((each) => textOf(each, "logGroupName"))
        .filter((each) =>
          [`/aws/eks/${name}/`, `/aws/containerinsights/${name}/`].some((start) => each.startsWith(start)),
        )
        .map((each) => ({ id: each, name: each })),
    remove: (id) => aws("logs", "delete-log-group", "--log-group-name", id),
  },
];

function named(fields: Fields, key: string): Found {
  return { id: textOf(fields, key), name: tagsOf(fields).get("Name") ?? "" };
}

function isLeftGroup(groupName: string, tags: ReadonlyMap<string, string>, cluster: Cluster): boolean {
  if (tags.get(BALANCERS) === cluster.name) return true;
  if (tags.has(GUARDDUTY)) return cluster.isVpcShared !== true;
  if (groupName.startsWith(SERVICE_GROUP)) return isOwned(tags, cluster);
  return cluster.isGone === true && tags.get(EKS) === cluster.name;
}

/** Tags are asked for of so many at once (ELB API References, DescribeTags). */
export const MOST_TAGGED = 20;

/** Of those whose tags were asked for, the ones that are the cluster's. */
export function taggedAs(cluster: Cluster, { id }: TagsApart, answer: unknown): ReadonlySet<string> {
  const own = listOf(answer, "TagDescriptions").filter((each) => isBalancers(tagsOf(each), cluster));
  return new Set(own.map((each) => textOf(each, id)));
}
