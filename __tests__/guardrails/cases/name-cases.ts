import type { Given, RuleCase } from "../support";

const role = (name: string, more: object = {}): ["aws_iam_role", object] => [
  "aws_iam_role",
  { name, ...more },
];

const tagsOf = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag-${index}`, "a"]));

const twiceOf = (type: string, attributes: object): readonly Given[] => [
  [type, attributes],
  [type, attributes],
];

/** A case for each of what breaks a rule. */
const eachOf = (rule: string, violating: readonly Given[], clean: readonly Given[]): RuleCase[] =>
  violating.map((each) => [rule, [each], clean]);

const trust = (arn: string) =>
  JSON.stringify({ Statement: [{ Effect: "Allow", Principal: { AWS: arn }, Action: "sts:AssumeRole" }] });

export const nameCases: readonly RuleCase[] = [
  [
    "NAME-OUTSIDE-DEPLOY-ROLE",
    [role("AmazonEKS_EBS_CSI")],
    [role("prod-a"), ["aws_iam_policy", { name_prefix: "prod-a-" }]],
  ],
  [
    "NAME-TWICE",
    [role("prod-a"), role("PROD-A", { path: "/teams/" })],
    [role("prod-a"), ["aws_iam_policy", { name: "prod-a" }], ["aws_sqs_queue", { name_prefix: "q-" }]],
  ],
  [
    "NAME-TWICE",
    [],
    [
      // The same target of a bus, in two rules; one destination in two tables; one record of two types.
      ["aws_cloudwatch_event_target", { target_id: "queue", rule: "a" }],
      ["aws_cloudwatch_event_target", { target_id: "queue", rule: "b" }],
      ["aws_route", { destination_cidr_block: "0.0.0.0/0", route_table_id: "rtb-1" }],
      ["aws_route", { destination_cidr_block: "0.0.0.0/0", route_table_id: "rtb-2" }],
      ["aws_route53_record", { name: "a", zone_id: "z", type: "A" }],
      ["aws_route53_record", { name: "a", zone_id: "z", type: "AAAA" }],
    ],
  ],
  ["NAME-TWICE", twiceOf("aws_cloudwatch_event_target", { target_id: "queue", rule: "a" }), []],
  ["NAME-TWICE", twiceOf("aws_iam_service_linked_role", { aws_service_name: "spot.amazonaws.com" }), []],
  ["NAME-TWICE", twiceOf("aws_route", { destination_cidr_block: "0.0.0.0/0", route_table_id: "rtb-1" }), []],
  ["NAME-TWICE", twiceOf("aws_route53_record", { name: "a", zone_id: "z", type: "A" }), []],
  ["NAME-TWICE", twiceOf("kubernetes_namespace_v1", { metadata: { name: "payments" } }), []],
  [
    "VALUE-PATTERN",
    [["aws_security_group", { name: "a", description: "Peers of the cluster's mesh" }]],
    [["aws_security_group", { name: "a", description: "Peers of the mesh: tcp/443, [a]" }]],
  ],
  [
    "VALUE-LENGTH",
    [role("n".repeat(65))],
    [
      role("n".repeat(64)),
      // White space does not count in a policy.
      [
        "aws_iam_policy",
        { name: "p", policy: JSON.stringify({ Statement: [] }, null, 2) + " ".repeat(7000) },
      ],
    ],
  ],
  [
    "VALUE-ENUM",
    [["aws_cloudwatch_log_group", { name: "a", retention_in_days: 45 }]],
    [["aws_cloudwatch_log_group", { name: "a", retention_in_days: 90 }]],
  ],
  ["VALUE-RANGE", [role("a", { max_session_duration: 600 })], [role("a", { max_session_duration: 3600 })]],
  [
    "VALUE-COUNT",
    [["aws_eks_cluster", { name: "a", encryption_config: [{}, {}] }]],
    [["aws_eks_cluster", { name: "a", encryption_config: [{}] }]],
  ],
  [
    "VALUE-COUNT",
    [["aws_eks_cluster", { name: "a", vpc_config: { subnet_ids: ["subnet-1"] } }]],
    [["aws_eks_cluster", { name: "a", vpc_config: { subnet_ids: ["subnet-1", "subnet-2"] }, role_arn: "r" }]],
  ],
  [
    "VALUE-RANGE",
    [["aws_network_acl", { ingress: [{ rule_no: 32_767 }] }]],
    [["aws_network_acl", { ingress: [{ rule_no: 32_766 }] }]],
  ],
  [
    "VALUE-PATTERN",
    [["aws_subnet", { vpc_id: "v", cidr_block: "10.0.0.0/29" }]],
    [["aws_subnet", { vpc_id: "v", cidr_block: "10.0.0.0/28" }]],
  ],
  [
    "VALUE-TWICE",
    [["aws_network_acl", { ingress: [{ rule_no: 100 }, { rule_no: 100, action: "deny" }] }]],
    // Each direction has its own numbers.
    [["aws_network_acl", { ingress: [{ rule_no: 100 }, { rule_no: 110 }], egress: [{ rule_no: 100 }] }]],
  ],
  ...eachOf(
    "VALUE-MISSING",
    [
      ["aws_sqs_queue_policy", { policy: "{}" }],
      ["aws_s3_bucket_lifecycle_configuration", { rule: [{ abort_incomplete_multipart_upload: {} }] }],
    ],
    [
      ["aws_sqs_queue_policy", { policy: "{}", queue_url: "${aws_sqs_queue.a.url}" }],
      // Of what a module makes only a part is read.
      ["aws_eks_node_group", { subnet_ids: [] }, { address: "module.a.aws_eks_node_group.this[0]" }],
    ],
  ),
  ...eachOf(
    "VALUE-TAGS",
    [
      ["aws_route53_zone", { name: "a", tags: tagsOf(11) }],
      ["aws_networkfirewall_firewall", { name: "a", tags: { owner: "a".repeat(256) } }],
      ["aws_launch_template", { name: "abc", tag_specifications: [{ tags: tagsOf(51) }] }],
      // Once taken for a route of EC2's, whose tags may have any character.
      ["aws_route53_resolver_rule", { tags: { owner: "team (a)" } }],
      ["aws_internet_gateway", { tags: { "aws:owner": "a" } }],
      ["module", { source: "terraform-aws-modules/eks/aws", iam_role_tags: { owner: "team (a)" } }],
      ["module", { source: "terraform-aws-modules/eks/aws", node_security_group_tags: { "AWS:owner": "a" } }],
    ],
    [
      ["aws_route53_zone", { name: "a", tags: tagsOf(10) }],
      ["aws_networkfirewall_firewall", { name: "a", tags: tagsOf(200) }],
      [
        "module",
        { source: "terraform-aws-modules/eks/aws", node_security_group_tags: { owner: "team (a)" } },
      ],
      ["aws_launch_template", { name: "abc", tag_specifications: [{ tags: { owner: "team (a)" } }] }],
    ],
  ),
  [
    "VALUE-TAGS",
    [
      ["aws_sqs_queue", { name: "a", tags: { owner: "team (a)" } }],
      ["provider.aws", { default_tags: [{ tags: { owner: "team (a)" } }] }],
      // IAM tells these two apart no more than AWS's own keys.
      role("a", { tags: { owner: "a", Owner: "a" } }),
      ["aws_eks_cluster", { name: "a", tags: { "aws:owner": "a" } }],
    ],
    [
      ["aws_sqs_queue", { name: "a", tags: { owner: "team-a@example.com", Owner: "a" } }],
      // EC2 takes any character.
      ["aws_vpc", { tags: { owner: "team (a)" } }],
    ],
  ],
  [
    "VALUE-PRINCIPAL",
    [
      role("a", {
        assume_role_policy: trust("arn:aws:iam::111122223333:role/AWSReservedSSO_Admin_0123456789abcdef"),
      }),
      [
        "aws_eks_access_entry",
        { principal_arn: "arn:aws:iam::111122223333:role/AWSServiceRoleForAutoScaling" },
      ],
    ],
    [
      role("a", {
        assume_role_policy: trust(
          "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0123456789abcdef",
        ),
      }),
      role("b", { assume_role_policy: trust("arn:aws:iam::111122223333:role/deploy") }),
    ],
  ],
];
