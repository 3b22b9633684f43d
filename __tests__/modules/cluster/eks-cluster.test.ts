import { ClusterKeys } from "../../../src/modules/cluster/cluster-keys";
import { EksCluster, type EksClusterProps } from "../../../src/modules/cluster/eks-cluster";
import { NameTooLongError } from "../../../src/modules/physical-names";
import { type Block, moduleInputs, synthConstruct } from "../../support/synth";

function cluster(props: Partial<Omit<EksClusterProps, "keys">> = {}): Block {
  const json = synthConstruct((scope) => {
    const keys = new ClusterKeys(scope, "keys", {
      clusterName: "dev",
      region: "us-east-1",
      owner: { accountId: "111122223333", partition: "aws", keyAdministratorArns: [] },
      karpenterRoleArn: "arn:aws:iam::111122223333:role/karpenter",
    });
    new EksCluster(scope, "cluster", {
      name: "dev",
      partition: "aws",
      kubernetesVersion: "1.35",
      supportPolicy: "standard",
      vpcId: "vpc-1",
      controlPlaneSubnetIds: ["subnet-c"],
      podNetwork: "cilium-eni prefix",
      services: { family: "ipv4", cidr: "172.20.0.0/16" },
      publicCidrs: [],
      clients: { cidrs: [], securityGroupIds: [] },
      keys,
      logRetentionDays: 90,
      access: {},
      deletionProtection: false,
      nodeTraffic: { podsOnEnis: true, wireguard: false, cilium: true, webhookPorts: {} },
      ...props,
    });
  });
  return moduleInputs(json, "cluster_eks");
}

describe("security groups of others", () => {
  // terraform-aws-modules/eks 21.11.0, main.tf: security_group_ids are these and the module's own.
  test("stand beside the module's, each looked up in the cluster's VPC", () => {
    expect(cluster({ additionalSecurityGroupIds: ["sg-1"] }).additional_security_group_ids).toEqual([
      "${data.aws_security_group.cluster_sg-1.id}",
    ]);
  });

  test("are none where none is named", () => {
    expect(cluster()).not.toHaveProperty("additional_security_group_ids");
  });
});

describe("rules that somebody asked for", () => {
  const range = { kind: "range", cidr: "10.9.0.0/16" } as const;
  const group = { kind: "security-group", id: "sg-1" } as const;
  const ownRules = {
    nodes: { "node-scan": { from: range, protocol: "tcp", ports: { from: 9100, to: 9100 } } },
    controlPlane: { bastion: { from: group, protocol: "tcp", ports: { from: 443, to: 443 } } },
  } as const;

  test("stand beside the platform's own, under keys that it has not", () => {
    expect(cluster({ ownRules })).toMatchObject({
      node_security_group_additional_rules: {
        ingress_self_all: expect.anything() as unknown,
        ingress_own_node_scan: {
          type: "ingress",
          protocol: "tcp",
          from_port: 9100,
          to_port: 9100,
          cidr_blocks: ["10.9.0.0/16"],
        },
      },
      security_group_additional_rules: {
        ingress_own_bastion: { type: "ingress", from_port: 443, source_security_group_id: "sg-1" },
      },
    });
  });
});

describe("the API server", () => {
  // AWS Security Hub, EKS.1: the API server's endpoint should not be public.
  test("is private, and no range is said for the public side", () => {
    const inputs = cluster();

    expect(inputs).toMatchObject({ endpoint_private_access: true, endpoint_public_access: false });
    expect(inputs).not.toHaveProperty("endpoint_public_access_cidrs");
  });

  test("is public for the ranges given only, and private besides", () => {
    const inputs = cluster({ publicCidrs: ["198.51.100.0/24"] });

    expect(inputs).toMatchObject({
      endpoint_private_access: true,
      endpoint_public_access: true,
      endpoint_public_access_cidrs: ["198.51.100.0/24"],
    });
  });

  // The first deploy stops at the cni stack with a timeout where the runner is not admitted on 443.
  test("admits clients by group and by range on 443", () => {
    const clients = { cidrs: ["10.250.0.0/24"], securityGroupIds: ["sg-1"] };

    const rules = cluster({ clients }).security_group_additional_rules;

    expect(rules).toMatchObject({
      "ingress_runner_sg-1": {
        type: "ingress",
        protocol: "tcp",
        from_port: 443,
        to_port: 443,
        source_security_group_id: "sg-1",
      },
      ingress_runner_ranges: {
        type: "ingress",
        protocol: "tcp",
        from_port: 443,
        to_port: 443,
        cidr_blocks: ["10.250.0.0/24"],
      },
    });
  });

  test("admits nobody beside nodes when no client is given", () => {
    expect(cluster().security_group_additional_rules).toEqual({});
  });

  test("has its interfaces in subnets of their own", () => {
    expect(cluster()).toMatchObject({ control_plane_subnet_ids: ["subnet-c"] });
    // terraform-aws-modules/eks 21.11.0 main.tf takes subnet_ids for the control plane where this is empty, node_groups.tf for nodes.
    expect(cluster()).not.toHaveProperty("subnet_ids");
  });
});

describe("access", () => {
  // terraform-aws-modules/eks 21.11.0: the default is API_AND_CONFIG_MAP, so a ConfigMap could give access, too.
  test("is by access entries alone", () => {
    expect(cluster().authentication_mode).toBe("API");
  });

  test("is not given to whoever creates the cluster", () => {
    expect(cluster().enable_cluster_creator_admin_permissions).toBe(false);
  });
});

describe("encryption and logs", () => {
  test("secrets are encrypted with the key of the cluster stack", () => {
    expect(cluster()).toMatchObject({
      create_kms_key: false,
      encryption_config: { provider_key_arn: "${aws_kms_key.keys_secrets_key.arn}", resources: ["secrets"] },
    });
  });

  // The module's default has three of them.
  test("all five log types are on", () => {
    expect(cluster().enabled_log_types).toEqual([
      "api",
      "audit",
      "authenticator",
      "controllerManager",
      "scheduler",
    ]);
  });

  test("logs have a key that is not the secrets', and end some day", () => {
    expect(cluster({ logRetentionDays: 365 })).toMatchObject({
      cloudwatch_log_group_kms_key_id: "${aws_kms_key.keys_logs_key.arn}",
      cloudwatch_log_group_retention_in_days: 365,
    });
  });
});

describe("lifetime", () => {
  // EKS User Guide, "Prevent increased cluster costs by disabling EKS extended support": unset means extended.
  test.each([
    ["standard", "STANDARD"],
    ["extended", "EXTENDED"],
  ] as const)("support policy %s is always stated", (supportPolicy, supportType) => {
    expect(cluster({ supportPolicy }).upgrade_policy).toEqual({ support_type: supportType });
  });

  test.each([true, false])("deletion protection is %s when asked so", (deletionProtection) => {
    expect(cluster({ deletionProtection }).deletion_protection).toBe(deletionProtection);
  });
});

describe("names", () => {
  // IAM takes name prefixes of 38 characters (hashicorp/aws, aws_iam_role), and the module adds nine: 29 are left.
  test("are plain, not prefixes", () => {
    expect(cluster()).toMatchObject({
      iam_role_name: "dev-cluster",
      iam_role_use_name_prefix: false,
      encryption_policy_use_name_prefix: false,
    });
  });

  test("too long for IAM are refused", () => {
    expect(() => cluster({ name: "x".repeat(57) })).toThrow(NameTooLongError);
  });
});

describe("security groups", () => {
  test("the node group has our rules only, not the module's wide recommendation", () => {
    const inputs = cluster();

    expect(inputs.node_security_group_enable_recommended_rules).toBe(false);
    const rules = Object.keys(inputs.node_security_group_additional_rules as object);
    expect(rules).toEqual(["egress_all", "ingress_self_all"]);
  });

  // terraform-aws-modules/eks 21.11.0, main.tf (aws_ec2_tag): `tags` and `cluster_tags` reach EKS's own group, too.
  test("Karpenter finds the node group, and only that, by its tag", () => {
    const inputs = cluster();

    expect(inputs.node_security_group_tags).toEqual({ "karpenter.sh/discovery": "dev" });
    expect(inputs).not.toHaveProperty("tags");
    expect(Object.keys(inputs.cluster_tags ?? {})).toEqual(["octarine:pod-network"]);
    expect(inputs).not.toHaveProperty("security_group_tags");
  });
});

test("there are neither nodes nor Fargate profiles nor add-ons of the module's", () => {
  const inputs = Object.keys(cluster());

  expect(
    inputs.filter((name) => /^(fargate|eks_managed|self_managed|addons|compute_config)/.test(name)),
  ).toEqual([]);
});

// IAM knows EKS's issuer; fetching its thumbprint would need the network at every plan.
test("roles of service accounts are possible, with nothing fetched at plan", () => {
  expect(cluster()).toMatchObject({ enable_irsa: true, include_oidc_root_ca_thumbprint: false });
});

describe("the family", () => {
  // EKS chooses the service range of an IPv6 cluster (EKS Best Practices).
  test("IPv6 says no service range", () => {
    const inputs = cluster({ services: { family: "ipv6" } });

    expect(inputs).toMatchObject({ ip_family: "ipv6" });
    expect(inputs).not.toHaveProperty("service_ipv4_cidr");
  });

  test("clients with IPv6 addresses reach the API server by them", () => {
    const clients = { cidrs: ["10.0.0.0/16"], ipv6Cidrs: ["2001:db8::/56"], securityGroupIds: [] };

    expect(cluster({ clients }).security_group_additional_rules).toMatchObject({
      ingress_runner_ranges: { cidr_blocks: ["10.0.0.0/16"], ipv6_cidr_blocks: ["2001:db8::/56"] },
    });
  });
});

// EKS User Guide, "Security groups for Pods": EKS makes trunk and branch interfaces by the cluster's role.
test("security groups for pods need AmazonEKSVPCResourceController on the cluster's role", () => {
  expect(cluster({ podSecurityGroups: true }).iam_role_additional_policies).toEqual({
    vpcResourceController: "arn:aws:iam::aws:policy/AmazonEKSVPCResourceController",
  });
  expect(cluster()).not.toHaveProperty("iam_role_additional_policies");
});
