import type { AwsCall } from "../../components/aws-call";
import { callsOf } from "../../components/calls-of";
import { regions } from "../../facts/regions";
import { at, text, texts } from "../../values/value";
import { deep, objects, ofType, type Stacks, unique } from "./objects";

/** What a node of the cluster calls by its instance's role: to join, to pull images, for Session Manager and for pods' identities. */
export function nodeCalls(stacks: Stacks, clusterName: string, repositories: readonly string[]): AwsCall[] {
  const { partition, region, account } = stacks.place;
  const cluster = `arn:${partition}:eks:${region}:${account}:cluster/${clusterName}`;
  const ecr = callsOf("ecr", "Amazon ECR User Guide, Amazon ECR image pull permissions");
  return [
    ...callsOf("ec2", "awslabs/amazon-eks-ami nodeadm/internal/aws")(
      "know its own name",
      "DescribeInstances",
      ["*"],
    ),
    ...callsOf("eks-auth", "Amazon EKS User Guide, Amazon EKS node IAM role")(
      "hand pods their identities",
      "AssumeRoleForPodIdentity",
      [cluster],
    ),
    ...ecr("sign in to a registry", "GetAuthorizationToken", ["*"]),
    ...ecr("pull images", "BatchGetImage GetDownloadUrlForLayer", repositories),
    ...callsOf("ssm", "AWS Systems Manager User Guide, instance profile permissions")(
      "register with Session Manager",
      "UpdateInstanceInformation",
      [`arn:${partition}:ec2:${region}:${account}:instance/*`],
    ),
    ...callsOf("ssmmessages", "AWS Systems Manager User Guide, instance profile permissions")(
      "sessions",
      "CreateControlChannel CreateDataChannel OpenControlChannel OpenDataChannel",
      ["*"],
    ),
  ];
}

/** Registries of EKS, of Bottlerocket's own containers where nodes run it, and those that images are written with. */
export function pulledRepositories(stacks: Stacks): string[] {
  const { partition, region } = stacks.place;
  const { eksImages, bottlerocketImages } = regions[region] ?? {};
  const repository = (account: string, at: string, name: string) =>
    `arn:${partition}:ecr:${at}:${account}:repository/${name}`;
  const images = [
    ...ofType(stacks, "helm_release"),
    ...stacks.resources.filter(({ type }) => type.startsWith("k8s:")),
  ]
    .flatMap(({ attributes }) => deep(attributes, "image", "repository"))
    .flatMap((image) => {
      const [, account, at, name] = /^(\d{12})\.dkr\.ecr\.([\w-]+)\.[\w.]+\/([^:@]+)/.exec(image) ?? [];
      return account && at && name ? [repository(account, at, name)] : [];
    });
  return unique([
    ...(eksImages === undefined ? [] : [repository(eksImages, region, "eks/*")]),
    ...(bottlerocketImages === undefined || !runsBottlerocket(stacks)
      ? []
      : [repository(bottlerocketImages, region, "bottlerocket-*")]),
    ...images,
  ]);
}

function runsBottlerocket(stacks: Stacks): boolean {
  return (
    ofType(stacks, "module").some(({ attributes }) => text(attributes.ami_type).startsWith("BOTTLEROCKET")) ||
    objects(stacks, "EC2NodeClass").some(({ attributes }) =>
      texts(deep(at(attributes, "spec", "amiSelectorTerms"), "alias")).some((each) =>
        each.startsWith("bottlerocket@"),
      ),
    )
  );
}
