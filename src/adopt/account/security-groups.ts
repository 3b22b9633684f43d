import { aws } from "../../live/question";
import { field, type Json } from "../../terraform-plan/json";
import { attributes, type Existing, tagsIn } from "../existing";
import { list, type Source, word } from "./source";

const RULES = [
  "aws_security_group_rule",
  "aws_vpc_security_group_ingress_rule",
  "aws_vpc_security_group_egress_rule",
];

/** Shapes: Amazon EC2 API Reference, SecurityGroup and SecurityGroupRule. */
export const securityGroupSources: readonly Source[] = [
  {
    types: ["aws_security_group", "aws_default_security_group"],
    ask: () => [aws("ec2", "describe-security-groups", "--output", "json")],
    read: (answer) =>
      list(answer, "SecurityGroups").map((each) => {
        const name = word(each, "GroupName");
        return {
          // AWS takes no other group of this name in a VPC.
          type: name === "default" ? "aws_default_security_group" : "aws_security_group",
          attributes: attributes({
            id: word(each, "GroupId"),
            vpc_id: word(each, "VpcId"),
            name,
            description: word(each, "Description"),
            tags: tagsIn(each),
          }),
        };
      }),
  },
  {
    types: RULES,
    ask: () => [aws("ec2", "describe-security-group-rules", "--output", "json")],
    read: (answer) => list(answer, "SecurityGroupRules").flatMap(rule),
  },
];

/** A rule is one source for AWS: the older type of Terraform may hold several, which are told as one each. */
function rule(answer: Json): readonly Existing[] {
  const group = word(answer, "GroupId");
  const isEgress = field(answer, "IsEgress") === true;
  const protocol = word(answer, "IpProtocol");
  const all = protocol === "-1";
  const ports = {
    from_port: all ? 0 : field(answer, "FromPort"),
    to_port: all ? 0 : field(answer, "ToPort"),
  };
  const [v4, v6, prefix] = ["CidrIpv4", "CidrIpv6", "PrefixListId"].map((key) => word(answer, key));
  const other = word(field(answer, "ReferencedGroupInfo") ?? null, "GroupId");
  return [
    {
      type: "aws_security_group_rule",
      attributes: attributes({
        security_group_id: group,
        type: isEgress ? "egress" : "ingress",
        protocol,
        ...ports,
        ...(v4 !== undefined && { cidr_blocks: [v4] }),
        ...(v6 !== undefined && { ipv6_cidr_blocks: [v6] }),
        ...(prefix !== undefined && { prefix_list_ids: [prefix] }),
        ...(other !== undefined && (other === group ? { self: true } : { source_security_group_id: other })),
      }),
    },
    {
      type: isEgress ? "aws_vpc_security_group_egress_rule" : "aws_vpc_security_group_ingress_rule",
      attributes: attributes({
        id: word(answer, "SecurityGroupRuleId"),
        security_group_id: group,
        ip_protocol: protocol,
        ...(!all && ports),
        cidr_ipv4: v4,
        cidr_ipv6: v6,
        prefix_list_id: prefix,
        referenced_security_group_id: other,
      }),
    },
  ];
}
