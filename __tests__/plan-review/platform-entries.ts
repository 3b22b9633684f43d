import { flat } from "../../src/plan-review/model/phrase";
import { entry, type reviewOf } from "./support";

export const base64 = (text: string) => Buffer.from(text).toString("base64");
export const bottlerocket = (pods: number, more = "") =>
  base64(`[settings.kubernetes]\n"cluster-name" = "prod"\n"max-pods" = ${pods}\n${more}`);

export const unchanged = (type: string, values: object, address?: string) =>
  entry(type, {
    actions: ["no-op"],
    before: values,
    after: values,
    ...(address !== undefined && { address }),
  });
export const group = (name: string, nodes: number, more: object = {}) => ({
  node_group_name: `${name}-2026`,
  node_group_name_prefix: `${name}-`,
  ami_type: "AL2023_x86_64_STANDARD",
  scaling_config: [{ desired_size: nodes, max_size: 90 }],
  launch_template: [{ id: `lt-${name}`, version: "1" }],
  subnet_ids: ["s-a", "s-b"],
  ...more,
});
export const template = (name: string, pods: number) => ({ id: `lt-${name}`, user_data: bottlerocket(pods) });
export const platform = [
  unchanged("aws_eks_cluster", { name: "prod" }),
  unchanged("aws_eks_node_group", group("main", 9), "aws_eks_node_group.main"),
  unchanged("aws_eks_node_group", group("batch", 3), "aws_eks_node_group.batch"),
  unchanged("aws_launch_template", template("main", 110), "aws_launch_template.main"),
  unchanged("aws_launch_template", template("batch", 29), "aws_launch_template.batch"),
];

export const detailsOf = (review: ReturnType<typeof reviewOf>) =>
  review.changes[0]?.findings[0]?.details.map(flat) ?? [];
/** A rule of a group that lets in one range, by one port. */
export const httpsFrom = (cidr: string) => ({
  type: "ingress",
  protocol: "tcp",
  from_port: 443,
  to_port: 443,
  cidr_blocks: [cidr],
  security_group_id: "sg-1",
});
