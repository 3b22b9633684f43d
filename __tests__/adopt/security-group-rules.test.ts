import { askAccount } from "../../src/adopt/account/ask-account";
import { match } from "../../src/adopt/match";
import { ids, live, planned } from "../support/adopt-account";

test("rules of security groups, whose sources are one for AWS, by all that they say", async () => {
  const created = [
    planned("aws_security_group.a", { vpc_id: "vpc-1", name_prefix: "old-node-" }),
    planned("aws_security_group_rule.range", {
      security_group_id: "sg-1",
      type: "ingress",
      protocol: "tcp",
      from_port: 443,
      to_port: 443,
      cidr_blocks: ["10.0.0.0/16"],
      self: false,
    }),
    planned("aws_security_group_rule.self", {
      security_group_id: "sg-1",
      type: "ingress",
      protocol: "-1",
      from_port: 0,
      to_port: 0,
      self: true,
    }),
    planned("aws_security_group_rule.out", {
      security_group_id: "sg-1",
      type: "egress",
      protocol: "tcp",
      from_port: 443,
      to_port: 443,
      cidr_blocks: ["10.0.0.0/16"],
    }),
  ];
  const rule = (id: string, more: object) => ({
    SecurityGroupRuleId: id,
    GroupId: "sg-1",
    IsEgress: false,
    ...more,
  });
  const { existing } = await askAccount(
    live({
      "ec2 describe-security-groups": {
        SecurityGroups: [
          { GroupId: "sg-1", GroupName: "old-node-2026", VpcId: "vpc-1" },
          { GroupId: "sg-0", GroupName: "default", VpcId: "vpc-1" },
        ],
      },
      "ec2 describe-security-group-rules": {
        SecurityGroupRules: [
          rule("sgr-1", { IpProtocol: "tcp", FromPort: 443, ToPort: 443, CidrIpv4: "10.0.0.0/16" }),
          rule("sgr-2", {
            IpProtocol: "-1",
            FromPort: -1,
            ToPort: -1,
            ReferencedGroupInfo: { GroupId: "sg-1" },
          }),
        ],
      },
    }),
    created,
  );
  const matched = match({ created, refer: () => undefined }, existing);

  expect(ids(matched)).toEqual({
    "aws_security_group.a": "sg-1",
    "aws_security_group_rule.range": "sg-1_ingress_tcp_443_443_10.0.0.0/16",
    "aws_security_group_rule.self": "sg-1_ingress_-1_0_0_self",
  });
  expect(matched.absent.map(({ address }) => address)).toEqual(["aws_security_group_rule.out"]);
});
