/** What an output of a registry module is: the resource that it is of, and the attribute. */
type Output = readonly [address: string, attribute: string];

/** Outputs that stacks refer to, by the module's source (outputs.tf, versions as in cdktf.json). */
const OUTPUTS: Readonly<Record<string, Readonly<Record<string, Output>>>> = {
  "terraform-aws-modules/vpc/aws": {
    vpc_id: ["aws_vpc.this[0]", "id"],
  },
  "terraform-aws-modules/eks-pod-identity/aws": {
    iam_role_arn: ["aws_iam_role.this[0]", "arn"],
    iam_role_name: ["aws_iam_role.this[0]", "name"],
  },
  "terraform-aws-modules/eks/aws": {
    cluster_arn: ["aws_eks_cluster.this[0]", "arn"],
    cluster_name: ["aws_eks_cluster.this[0]", "name"],
    cluster_iam_role_arn: ["aws_iam_role.this[0]", "arn"],
    cluster_iam_role_name: ["aws_iam_role.this[0]", "name"],
    cloudwatch_log_group_arn: ["aws_cloudwatch_log_group.this[0]", "arn"],
    cloudwatch_log_group_name: ["aws_cloudwatch_log_group.this[0]", "name"],
    cluster_security_group_id: ["aws_security_group.cluster[0]", "id"],
    node_security_group_id: ["aws_security_group.node[0]", "id"],
  },
  "terraform-aws-modules/eks/aws//modules/eks-managed-node-group": {
    iam_role_arn: ["aws_iam_role.this[0]", "arn"],
    iam_role_name: ["aws_iam_role.this[0]", "name"],
  },
  "terraform-aws-modules/eks/aws//modules/karpenter": {
    iam_role_arn: ["aws_iam_role.controller[0]", "arn"],
    iam_role_name: ["aws_iam_role.controller[0]", "name"],
    node_iam_role_arn: ["aws_iam_role.node[0]", "arn"],
    node_iam_role_name: ["aws_iam_role.node[0]", "name"],
    queue_arn: ["aws_sqs_queue.this[0]", "arn"],
    queue_name: ["aws_sqs_queue.this[0]", "name"],
  },
};

/** The resource and attribute that an output of a module's call is. */
export function outputOf(source: string, name: string): Output | undefined {
  return OUTPUTS[source]?.[name];
}
