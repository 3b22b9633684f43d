import type { RuleCase } from "../support";

const sg = (more: object): [string, object] => [
  "aws_security_group_rule",
  {
    type: "ingress",
    protocol: "tcp",
    from_port: 443,
    to_port: 443,
    cidr_blocks: ["10.0.0.0/8"],
    description: "API",
    ...more,
  },
];
const cluster = (more: object): [string, object] => ["aws_eks_cluster", more];
const endpoint = (more: object) =>
  cluster({ vpc_config: { endpoint_public_access: true, endpoint_private_access: true, ...more } });
const resourcePolicy = (type: string, statement: object): [string, object] => [
  type,
  {
    bucket: "b",
    policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: "*", Resource: "*", ...statement }] }),
  },
];

export const awsCases: readonly RuleCase[] = [
  [
    "NET-SG-WORLD-INGRESS",
    [sg({ cidr_blocks: ["0.0.0.0/0"] })],
    [sg({}), sg({ type: "egress", cidr_blocks: ["0.0.0.0/0"] })],
  ],
  [
    "NET-SG-WORLD-INGRESS",
    [
      [
        "aws_security_group",
        {
          ingress: [
            { from_port: 80, to_port: 80, protocol: "tcp", cidr_blocks: [], ipv6_cidr_blocks: ["::/0"] },
          ],
        },
      ],
    ],
    [["aws_security_group", { ingress: [] }]],
  ],
  [
    "NET-SG-WORLD-INGRESS",
    [["aws_vpc_security_group_ingress_rule", { cidr_ipv4: "0.0.0.0/0", ip_protocol: "-1" }]],
    [["aws_vpc_security_group_ingress_rule", { cidr_ipv4: "10.0.0.0/8", ip_protocol: "-1" }]],
  ],
  [
    "NET-SG-ADMIN-PORT",
    [sg({ from_port: 0, to_port: 1024 })],
    [sg({}), sg({ from_port: 22, to_port: 22, cidr_blocks: [], self: true })],
  ],
  [
    "NET-SG-ALL-PORTS",
    [sg({ protocol: "-1" })],
    [sg({}), sg({ protocol: "-1", cidr_blocks: [], self: true })],
  ],
  ["NET-SG-DESCRIPTION", [sg({ description: "" })], [sg({})]],
  [
    "NET-DEFAULT-SG-CLOSED",
    [["aws_default_security_group", { ingress: [{ self: true, protocol: "-1" }], egress: [] }]],
    [["aws_default_security_group", { ingress: [], egress: [] }]],
  ],
  [
    "NET-DEFAULT-SG-CLOSED",
    [["aws_vpc", {}]],
    [
      ["aws_vpc", {}],
      ["aws_default_security_group", {}],
    ],
  ],
  [
    "NET-FLOW-LOGS",
    [["aws_vpc", {}]],
    [
      ["aws_vpc", {}],
      ["aws_flow_log", { traffic_type: "ALL" }],
    ],
  ],
  [
    "NET-FLOW-LOGS-ALL",
    [["aws_flow_log", { traffic_type: "REJECT" }]],
    [["aws_flow_log", { traffic_type: "ALL" }]],
  ],
  ["NET-SUBNET-PUBLIC-IP", [["aws_subnet", { map_public_ip_on_launch: true }]], [["aws_subnet", {}]]],
  ["NET-VPC-DNS", [["aws_vpc", { enable_dns_support: true }]], [["aws_vpc", { enable_dns_hostnames: true }]]],
  [
    "NET-ENDPOINT-PRIVATE-DNS",
    [["aws_vpc_endpoint", { vpc_endpoint_type: "Interface", private_dns_enabled: false }]],
    [
      ["aws_vpc_endpoint", { vpc_endpoint_type: "Interface", private_dns_enabled: true }],
      ["aws_vpc_endpoint", { vpc_endpoint_type: "Gateway" }],
    ],
  ],
  [
    "NET-ENDPOINT-POLICY-WORLD",
    [resourcePolicy("aws_vpc_endpoint", { Principal: "*" })],
    [
      resourcePolicy("aws_vpc_endpoint", {
        Principal: "*",
        Condition: { StringEquals: { "aws:PrincipalAccount": "111122223333" } },
      }),
    ],
  ],
  [
    "NET-NACL-ADMIN-PORT",
    [
      [
        "aws_network_acl_rule",
        { rule_action: "allow", cidr_block: "0.0.0.0/0", from_port: 1, to_port: 65535 },
      ],
    ],
    [
      [
        "aws_network_acl_rule",
        { rule_action: "allow", cidr_block: "0.0.0.0/0", from_port: 1024, to_port: 3388 },
      ],
    ],
  ],
  [
    "NET-LISTENER-TLS",
    [["aws_lb_listener", { protocol: "HTTP", default_action: { type: "forward" } }]],
    [
      ["aws_lb_listener", { protocol: "HTTP", default_action: { type: "redirect" } }],
      ["aws_lb_listener", { protocol: "HTTPS" }],
    ],
  ],

  [
    "EKS-ENDPOINT-WORLD",
    [endpoint({ public_access_cidrs: ["0.0.0.0/0"] })],
    [
      endpoint({ public_access_cidrs: ["198.51.100.0/24"] }),
      endpoint({ endpoint_public_access: false, public_access_cidrs: ["0.0.0.0/0"] }),
    ],
  ],
  ["EKS-ENDPOINT-WORLD", [endpoint({})], [endpoint({ endpoint_public_access: false })]],
  ["EKS-ENDPOINT-PUBLIC", [endpoint({}), cluster({})], [endpoint({ endpoint_public_access: false })]],
  ["EKS-ENDPOINT-PRIVATE", [endpoint({ endpoint_private_access: false })], [endpoint({})]],
  [
    "EKS-LOGS",
    [cluster({ enabled_cluster_log_types: ["api", "audit"] })],
    [
      cluster({
        enabled_cluster_log_types: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
      }),
    ],
  ],
  [
    "EKS-SECRETS-ENCRYPTION",
    [cluster({ encryption_config: [] })],
    [cluster({ encryption_config: { resources: ["secrets"] } })],
  ],
  [
    "EKS-AUTH-MODE",
    [cluster({ access_config: { authentication_mode: "API_AND_CONFIG_MAP" } })],
    [cluster({ access_config: { authentication_mode: "API" } })],
  ],
  [
    "EKS-CREATOR-ADMIN",
    [cluster({ access_config: {} })],
    [cluster({ access_config: { bootstrap_cluster_creator_admin_permissions: false } })],
  ],
  ["EKS-DELETION-PROTECTION", [cluster({})], [cluster({ deletion_protection: true })]],
  ["EKS-SUPPORT-POLICY", [cluster({})], [cluster({ upgrade_policy: { support_type: "STANDARD" } })]],
  ["EKS-VERSION-PIN", [cluster({})], [cluster({ version: "1.35" })]],
  [
    "EKS-SUBNET-ZONES",
    [endpoint({ subnet_ids: ["subnet-a"] })],
    [endpoint({ subnet_ids: ["subnet-a", "subnet-b"] })],
  ],
  ["EKS-SELF-MANAGED-ADDONS", [cluster({})], [cluster({ bootstrap_self_managed_addons: false })]],
  [
    "EKS-SERVICE-CIDR",
    [cluster({})],
    [
      cluster({ kubernetes_network_config: { service_ipv4_cidr: "172.20.0.0/16" } }),
      cluster({ kubernetes_network_config: { ip_family: "ipv6" } }),
    ],
  ],
  [
    "EKS-ADDON-PIN",
    [["aws_eks_addon", { addon_name: "coredns" }]],
    [["aws_eks_addon", { addon_version: "v1.12.3-eksbuild.1" }]],
  ],
  [
    "EKS-ACCESS-MASTERS",
    [["aws_eks_access_entry", { kubernetes_groups: ["system:masters"] }]],
    [["aws_eks_access_entry", { kubernetes_groups: ["developers"] }]],
  ],
  [
    "EKS-ACCESS-USER",
    [["aws_eks_access_entry", { principal_arn: "arn:aws:iam::111122223333:user/eve" }]],
    [["aws_eks_access_entry", { principal_arn: "arn:aws:iam::111122223333:role/dev" }]],
  ],
];
