import type { Given, RuleCase } from "../support";

const template = (more: object): Given => [
  "aws_launch_template",
  { metadata_options: { http_tokens: "required", http_put_response_hop_limit: 1 }, ...more },
];
const volume = (ebs: object) => template({ block_device_mappings: [{ device_name: "/dev/xvda", ebs }] });
const group = (more: object): Given => ["aws_eks_node_group", more];
const manifest = (kind: string, spec: object): Given => [
  "helm_release",
  {
    chart: "./assets/manifests",
    namespace: "kube-system",
    values: [JSON.stringify({ manifests: { it: { kind, metadata: { name: "it" }, spec } } })],
  },
];
const terms = { securityGroupSelectorTerms: [{ tags: { "karpenter.sh/discovery": "a" } }] };
const nodes = { stack: "prod-nodes" };
const cilium = (more: object = {}): Given => [
  "helm_release",
  { chart: "cilium", wait: false, atomic: false, values: [], ...more },
  { stack: "prod-cni" },
];
const reads = (name: string): Given => [
  "data.terraform_remote_state",
  {},
  { stack: "prod-nodes", address: `data.terraform_remote_state.${name}` },
];

export const nodeCases: readonly RuleCase[] = [
  [
    "NODE-WITHOUT-CNI",
    [["aws_eks_node_group", {}, nodes]],
    [["aws_eks_node_group", {}, nodes], reads("cni"), cilium()],
  ],
  [
    "NODE-WITHOUT-CNI",
    [["aws_eks_node_group", {}, nodes], cilium()],
    [
      ["aws_eks_node_group", {}, nodes],
      reads("cni"),
      ["aws_eks_addon", { addon_name: "vpc-cni" }, { stack: "prod-cni" }],
    ],
  ],
  [
    "NODE-WITHOUT-CNI",
    [
      ["aws_eks_node_group", {}, nodes],
      ["aws_eks_addon", { addon_name: "vpc-cni" }, nodes],
    ],
    [
      ["aws_eks_node_group", { depends_on: ["aws_eks_addon.cni"] }, nodes],
      ["aws_eks_addon", { addon_name: "vpc-cni" }, { ...nodes, address: "aws_eks_addon.cni" }],
    ],
  ],
  [
    "HELM-WAIT-WITHOUT-NODES",
    [["aws_eks_node_group", {}, nodes], reads("cni"), cilium({ wait: true })],
    [["aws_eks_node_group", {}, nodes], reads("cni"), cilium()],
  ],
  [
    "NODE-IMDSV1",
    [template({ metadata_options: { http_tokens: "optional" } }), ["aws_instance", {}]],
    [template({}), manifest("EC2NodeClass", {})],
  ],
  [
    "NODE-IMDSV1",
    [manifest("EC2NodeClass", { metadataOptions: { httpTokens: "optional" } })],
    [manifest("EC2NodeClass", { metadataOptions: { httpTokens: "required" } })],
  ],
  [
    "NODE-IMDS-HOPS",
    [template({ metadata_options: { http_tokens: "required", http_put_response_hop_limit: 2 } })],
    [template({})],
  ],
  [
    "NODE-VOLUME-ENCRYPTION",
    [volume({ encrypted: false }), ["aws_ebs_volume", {}]],
    [volume({ encrypted: "true" }), ["aws_ebs_volume", { encrypted: true }]],
  ],
  [
    "NODE-VOLUME-ENCRYPTION",
    [manifest("EC2NodeClass", { blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: {} }] })],
    [
      manifest("EC2NodeClass", {
        blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: true } }],
      }),
    ],
  ],
  [
    "NODE-VOLUME-KEY",
    [volume({ encrypted: true })],
    [volume({ encrypted: true, kms_key_id: "${aws_kms_key.v.arn}" })],
  ],
  [
    "NODE-SSH",
    [group({ remote_access: { ec2_ssh_key: "ops" } }), template({ key_name: "ops" })],
    [group({}), template({})],
  ],
  [
    "NODE-PUBLIC-IP",
    [template({ network_interfaces: [{ associate_public_ip_address: true }] })],
    [template({})],
  ],
  [
    "NODE-PUBLIC-SUBNET",
    [group({ subnet_ids: ['${data.terraform_remote_state.network.outputs.public_subnet_ids["a"]}'] })],
    [group({ subnet_ids: ['${data.terraform_remote_state.network.outputs.node_subnet_ids["a"]}'] })],
  ],
  [
    "NODE-AMI-PIN",
    [group({ release_version: "latest" }), group({})],
    [group({ release_version: "1.35.6-20260714" }), group({ ami_type: "CUSTOM" })],
  ],
  [
    "NODE-AMI-PIN",
    [manifest("EC2NodeClass", { amiSelectorTerms: [{ alias: "al2023@latest" }] })],
    [manifest("EC2NodeClass", { amiSelectorTerms: [{ alias: "al2023@v20260714" }] })],
  ],
  ["NODE-AMI-AL2", [group({ ami_type: "AL2_x86_64" })], [group({ ami_type: "AL2023_x86_64_STANDARD" })]],
  ["NODE-ZONES", [group({ subnet_ids: ["a"] })], [group({ subnet_ids: ["a", "b"] })]],
  [
    "NODE-UPDATE-ALL",
    [
      group({ update_config: { max_unavailable_percentage: 100 } }),
      group({ update_config: { max_unavailable: 3 }, scaling_config: { max_size: 3 } }),
    ],
    [
      group({ update_config: { max_unavailable_percentage: 33 } }),
      group({ update_config: { max_unavailable: 2 }, scaling_config: { max_size: 3 } }),
      group({ update_config: { max_unavailable: 1 }, scaling_config: { max_size: 1 } }),
    ],
  ],
  [
    "NODE-USER-DATA-SECRET",
    [template({ user_data: Buffer.from("export DB_PASSWORD=hunter22").toString("base64") })],
    [template({ user_data: "maxPods: 110" })],
  ],
  ["NODE-POOL-LIMITS", [manifest("NodePool", {})], [manifest("NodePool", { limits: { cpu: "500" } })]],
  [
    "NODE-CLASS-SELECTOR",
    [
      manifest("EC2NodeClass", {
        ...terms,
        subnetSelectorTerms: [{ tags: { "karpenter.sh/discovery": "*" } }],
      }),
    ],
    [manifest("EC2NodeClass", { ...terms, subnetSelectorTerms: [{ id: "subnet-1" }] })],
  ],
];
