import { aws, type Question } from "../live/question";

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
  | "target group"
  | "VPC endpoint"
  | "network interface"
  | "security group"
  | "launch template"
  | "volume"
  | "snapshot"
  | "log group";

/** Whose things are looked for. */
export interface Cluster {
  readonly name: string;
  /** Its VPC; undefined where that is gone. */
  readonly vpcId?: string;
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
  readonly isData?: boolean;
}

export type Found = Pick<Leftover, "id" | "name">;

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

function listOf(answer: unknown, key: string): readonly Fields[] {
  const value = fieldsOf(answer)[key];
  return Array.isArray(value) ? value.map(fieldsOf) : [];
}

const textOf = (fields: Fields, key: string): string => {
  const value = fields[key];
  return typeof value === "string" ? value : "";
};

function tagsOf(fields: Fields): ReadonlyMap<string, string> {
  const tags = [...listOf(fields, "Tags"), ...listOf(fields, "TagSet")];
  return new Map(tags.map((tag) => [textOf(tag, "Key"), textOf(tag, "Value")]));
}

const filter = (name: string, ...values: readonly string[]) => `Name=${name},Values=${values.join(",")}`;
const ec2 = (verb: string, ...args: readonly string[]) => aws("ec2", verb, ...args, "--output", "json");

/** aws/karpenter-provider-aws v1.14.1, pkg/utils/utils.go: what it makes has both tags. */
const KARPENTER = "eks:eks-cluster-name";
/** kubernetes-sigs/aws-load-balancer-controller v3.5.0, pkg/deploy/tracking/provider.go. */
const BALANCERS = "elbv2.k8s.aws/cluster";
/** Owned by a cluster: Karpenter, and the EBS driver with `--k8s-tag-cluster-id` (its pkg/driver/constants.go). */
const owned = ({ name }: Cluster) => `kubernetes.io/cluster/${name}`;

/**
 * aws/amazon-vpc-cni-k8s v1.22.4, pkg/awsutils/awsutils.go (eniClusterTagKey); Cilium's by the tags that its operator collects by
 * (cilium v1.19.6, install/kubernetes/cilium/values.yaml, eni.gcTags).
 */
const INTERFACES = ["cluster.k8s.amazonaws.com/name", "io.cilium/cluster-name"];

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
  },
  {
    kind: "VPC endpoint",
    madeBy: "GuardDuty",
    find: ({ vpcId = "none" }) =>
      ec2("describe-vpc-endpoints", "--filters", filter("vpc-id", vpcId), filter(`tag-key`, GUARDDUTY)),
    read: (answer) =>
      listOf(answer, "VpcEndpoints")
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
    madeBy: "AWS Load Balancer Controller, GuardDuty",
    find: ({ vpcId = "none" }) => ec2("describe-security-groups", "--filters", filter("vpc-id", vpcId)),
    read: (answer, { name }) =>
      listOf(answer, "SecurityGroups")
        .filter((each) => tagsOf(each).get(BALANCERS) === name || tagsOf(each).has(GUARDDUTY))
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

/** Load balancers and target groups say their tags in answers of their own, of twenty at once (ELB API Reference, DescribeTags). */
export const MOST_TAGGED = 20;

export function tagsQuestion(arns: readonly string[]): Question {
  return aws("elbv2", "describe-tags", "--resource-arns", ...arns, "--output", "json");
}

/** Of those that were asked about, the ones that are the cluster's. */
export function taggedAs({ name }: Cluster, answer: unknown): ReadonlySet<string> {
  const own = listOf(answer, "TagDescriptions").filter((each) => tagsOf(each).get(BALANCERS) === name);
  return new Set(own.map((each) => textOf(each, "ResourceArn")));
}

/** Kinds whose tags are asked for by `tagsQuestion`. */
export const taggedApart: readonly LeftoverKind[] = ["load balancer", "target group"];
