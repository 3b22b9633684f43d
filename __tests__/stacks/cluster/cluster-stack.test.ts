import { EksAddon } from "@cdktf/provider-aws/lib/eks-addon";
import "cdktf/lib/testing/adapters/jest";
import { cniModes, type CniModeName } from "../../support/cni-modes";
import type { TargetOptions } from "../../support/fixtures";
import {
  type Block,
  moduleInputs,
  parsed,
  policyIn,
  resource,
  statement,
  synthYaml,
} from "../../support/synth";

const stack = (yaml = "", options: TargetOptions = {}) => synthYaml(yaml, options).cluster;
const eks = (yaml = "", options: TargetOptions = {}) => moduleInputs(stack(yaml, options), "cluster_eks");
const prod = { environment: "prod" };

describe("the API server", () => {
  test("is private by default, and lets the VPC in when the runner is there", () => {
    const inputs = eks();

    expect(inputs).toMatchObject({ endpoint_public_access: false, endpoint_private_access: true });
    expect(inputs.security_group_additional_rules).toMatchObject({
      ingress_runner_ranges: { from_port: 443, to_port: 443, cidr_blocks: ["10.0.0.0/16"] },
    });
  });

  test.each([
    ["in-vpc, securityGroups: [sg-0a1b2c3d]", ["ingress_runner_sg-0a1b2c3d"]],
    ["in-vpc, cidrs: [10.0.9.0/24]", ["ingress_runner_ranges"]],
    ["peered, cidrs: [10.250.0.0/24]", ["ingress_runner_ranges"]],
    ["ssm-tunnel, instanceId: i-0a1b2c3d", ["ingress_runner_ranges"]],
  ])("lets a runner in that reaches it %s", (reach, rules) => {
    const inputs = eks(`runner: { reach: ${reach} }`);

    expect(Object.keys(inputs.security_group_additional_rules as object)).toEqual(rules);
  });

  test("a runner's own ranges take the place of the whole VPC", () => {
    const rules = eks("runner: { reach: peered, cidrs: [10.250.0.0/24] }").security_group_additional_rules;

    expect(rules).toMatchObject({ ingress_runner_ranges: { cidr_blocks: ["10.250.0.0/24"] } });
  });

  test("is public for named ranges only", () => {
    const inputs = eks(`
runner: { reach: public }
cluster: { endpoint: { kind: restricted-public, cidrs: [198.51.100.0/24], reason: no VPN yet } }`);

    expect(inputs).toMatchObject({
      endpoint_public_access: true,
      endpoint_public_access_cidrs: ["198.51.100.0/24"],
      security_group_additional_rules: {},
    });
  });

  test("has its interfaces in the control plane's subnets", () => {
    const { control_plane_subnet_ids } = eks();

    const zone = (letter: string) =>
      `\${data.terraform_remote_state.network.outputs.control_plane_subnet_ids["us-east-1${letter}"]}`;
    expect(control_plane_subnet_ids).toEqual([zone("a"), zone("b"), zone("c")]);
  });
});

// hashicorp/terraform-provider-aws v6, internal/service/eks/cluster.go: without the block an update names no setting at all.
test("zonal shift is as the config says, and false is said to AWS too", () => {
  expect(eks()).not.toHaveProperty("zonal_shift_config");
  expect(eks("cluster: { zonalShift: true }")).toMatchObject({ zonal_shift_config: { enabled: true } });
  expect(eks("cluster: { zonalShift: false }")).toMatchObject({ zonal_shift_config: { enabled: false } });
});

describe("control-plane logs", () => {
  // All five kinds of log, encrypted: an investigation needs audit and authenticator first.
  test("are all five, in a group whose key admits CloudWatch Logs for exactly that group", () => {
    const json = stack("", prod);

    expect(moduleInputs(json, "cluster_eks")).toMatchObject({
      enabled_log_types: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
      cloudwatch_log_group_kms_key_id: "${aws_kms_key.keys_logs_key.arn}",
    });
    expect(
      statement(policyIn(resource(json, "aws_kms_key", "keys_logs_key")), "CloudWatchLogs"),
    ).toMatchObject({
      Principal: { Service: "logs.us-east-1.amazonaws.com" },
      Condition: {
        ArnEquals: {
          "kms:EncryptionContext:aws:logs:arn":
            "arn:aws:logs:us-east-1:111122223333:log-group:/aws/eks/prod-us-east-1/cluster",
        },
      },
    });
  });

  test("follow the cluster's name", () => {
    const policy = policyIn(resource(stack("cluster: { name: shop }"), "aws_kms_key", "keys_logs_key"));

    expect(JSON.stringify(policy)).toContain("log-group:/aws/eks/shop/cluster");
  });

  test("stay for the days configured", () => {
    expect(eks("cluster: { logs: { retentionDays: 365 } }").cloudwatch_log_group_retention_in_days).toBe(365);
  });
});

describe("keys", () => {
  test("secrets, logs and volumes have one each", () => {
    const inputs = eks();

    expect(inputs.encryption_config).toEqual({
      provider_key_arn: "${aws_kms_key.keys_secrets_key.arn}",
      resources: ["secrets"],
    });
    expect(inputs.cloudwatch_log_group_kms_key_id).not.toBe("${aws_kms_key.keys_secrets_key.arn}");
  });

  // Left empty, the module would write the role that runs the plan (terraform-aws-modules/eks 21.11.0, main.tf).
  test.each(["keys_secrets_key", "keys_logs_key", "keys_volumes_key"])(
    "%s has its administrators listed",
    (key) => {
      const json = stack("account: { deployRole: deployer, keyAdministrators: [SecurityAdmin] }");

      expect(statement(policyIn(resource(json, "aws_kms_key", key)), "Administration").Principal).toEqual({
        AWS: ["arn:aws:iam::111122223333:role/deployer", "arn:aws:iam::111122223333:role/SecurityAdmin"],
      });
    },
  );

  test("the volumes' may be used by the Karpenter role that is yet to come", () => {
    const policy = policyIn(resource(stack(), "aws_kms_key", "keys_volumes_key"));

    expect(statement(policy, "KarpenterUse").Condition).toMatchObject({
      ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/dev-us-east-1-karpenter" },
    });
  });
});

describe("access", () => {
  const admin = {
    policy_arn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
    access_scope: { type: "cluster" },
  };

  // The creator as such has no rights in the cluster, and the cni stack would get Unauthorized.
  test("the deploy role is always administrator of the cluster", () => {
    expect(eks()).toMatchObject({
      authentication_mode: "API",
      enable_cluster_creator_admin_permissions: false,
      access_entries: {
        deployer: {
          principal_arn: "arn:aws:iam::111122223333:role/octarine-deploy",
          policy_associations: { "cluster-admin": admin },
        },
      },
    });
  });

  test("others come beside it, with their namespaces", () => {
    const entries = eks(`
cluster:
  access:
    shop: { role: Shop, policy: edit, namespaces: [shop] }`).access_entries as Record<string, Block>;

    expect(Object.keys(entries)).toEqual(["deployer", "shop"]);
    expect(entries.shop).toMatchObject({
      principal_arn: "arn:aws:iam::111122223333:role/Shop",
      policy_associations: { edit: { access_scope: { type: "namespace", namespaces: ["shop"] } } },
    });
  });
});

// hashicorp/aws 6.25.0, data source aws_security_group: what is not found by all arguments together is an error of the plan.
test("a security group of somebody else's is asked for by its id and the cluster's VPC", () => {
  const { cluster } = synthYaml("cluster: { securityGroups: [sg-0d4e5f60718293a4b] }");

  expect(parsed(cluster).data?.aws_security_group).toEqual({
    "cluster_sg-0d4e5f60718293a4b": {
      id: "sg-0d4e5f60718293a4b",
      vpc_id: "${data.terraform_remote_state.network.outputs.vpc_id}",
    },
  });
});

describe("lifetime", () => {
  test.each([
    ["dev", "", false],
    ["prod", "", true],
    ["prod", "cluster: { deletionProtection: false, deletionProtectionReason: moved to eu-west-1 }", false],
    ["dev", "cluster: { deletionProtection: true }", true],
    ["staging", "production: true", true],
    ["prod", "production: false", false],
  ])("in %s with %j deletion protection is %s", (environment, yaml, expected) => {
    expect(eks(yaml, { environment }).deletion_protection).toBe(expected);
  });

  test("standard support is stated, extended only when asked for", () => {
    expect(eks().upgrade_policy).toEqual({ support_type: "STANDARD" });
    expect(eks("cluster: { supportPolicy: extended }").upgrade_policy).toEqual({ support_type: "EXTENDED" });
  });

  test("Kubernetes is the release's", () => {
    expect(eks().kubernetes_version).toBe("1.35");
    expect(eks('release: "2025.09"\ncluster: { supportPolicy: extended }').kubernetes_version).toBe("1.33");
  });
});

describe("the node security group", () => {
  const rules = (mode: CniModeName) => {
    const yaml = cniModes.find(([name]) => name === mode)?.[1] ?? "";
    return Object.keys(eks(yaml).node_security_group_additional_rules as object);
  };
  const overlay = [
    "ingress_self_cilium_health",
    "ingress_self_hubble_peer",
    "ingress_self_kubelet",
    "ingress_self_ping",
  ];

  test.each<[CniModeName, string[]]>([
    ["cilium-eni", ["egress_all", "ingress_self_all"]],
    ["cilium-eni on 1.18 with pod subnets", ["egress_all", "ingress_self_all"]],
    ["cilium-chaining", ["egress_all", "ingress_self_all"]],
    ["vpc-cni", ["egress_all", "ingress_self_all"]],
    ["cilium-overlay", ["egress_all", ...overlay, "ingress_self_tunnel"]],
  ])("with %s has exactly its rules", (mode, expected) => {
    expect(rules(mode)).toEqual(expected);
  });

  test.each([
    ["geneve", 6081],
    ["vxlan", 8472],
  ])("%s is admitted on UDP %i", (tunnel, port) => {
    const found = eks(`cni: { kind: cilium-overlay, podCidr: 100.64.0.0/11, tunnel: ${tunnel} }`);

    expect(found.node_security_group_additional_rules).toMatchObject({
      ingress_self_tunnel: { protocol: "udp", from_port: port, to_port: port, self: true },
    });
  });

  test("WireGuard over an overlay has its own port, too", () => {
    const found = eks("cni: { kind: cilium-overlay, podCidr: 100.64.0.0/11, encryption: wireguard }");

    expect(found.node_security_group_additional_rules).toMatchObject({
      ingress_self_wireguard: { protocol: "udp", from_port: 51871, to_port: 51871, self: true },
    });
  });

  test("admits DNS from the groups that pods have by a policy or as a service's own", () => {
    const found = eks(`
cni:
  kind: vpc-cni
  securityGroupsForPods: { policies: { db: { namespace: shop, podSelector: { a: b }, securityGroupIds: [sg-0a1b2c3d] } } }
workloads:
  api:
    namespace: shop
    image: registry.corp/api:1
    ports: { http: { port: 80, targetPort: 8080, protocol: http } }
    resources: { cpus: 0.1, memoryMiB: 64 }
    securityGroups: [sg-0f1e2d3c]`);

    const dns = { from_port: 53, to_port: 53, source_security_group_id: "sg-0f1e2d3c" };
    expect(found.node_security_group_additional_rules).toMatchObject({
      "ingress_dns_tcp_sg-0a1b2c3d": { source_security_group_id: "sg-0a1b2c3d" },
      "ingress_dns_tcp_sg-0f1e2d3c": { ...dns, protocol: "tcp" },
      "ingress_dns_udp_sg-0f1e2d3c": { ...dns, protocol: "udp" },
    });
  });

  // With it in `tags` EKS's own group would have it, too (terraform-aws-modules/eks 21.11.0, aws_ec2_tag).
  test("is Karpenter's by tag; nothing else in the stack is", () => {
    const json = stack();

    expect(json.match(/karpenter\.sh\/discovery/g)).toHaveLength(1);
    expect(moduleInputs(json, "cluster_eks").node_security_group_tags).toEqual({
      "karpenter.sh/discovery": "dev-us-east-1",
    });
  });
});

// DaemonSets, and so Cilium, don't run on Fargate (EKS User Guide, AWS Fargate considerations).
test("there is no Fargate profile, in any stack", () => {
  const all = Object.values(synthYaml()).join("");

  expect(all).not.toMatch(/fargate/i);
});

test("the Pod Identity agent is there before anything uses it, at the release's version", () => {
  expect(stack()).toHaveResourceWithProperties(EksAddon, {
    cluster_name: "${module.cluster_eks.cluster_name}",
    addon_name: "eks-pod-identity-agent",
    addon_version: "v1.3.10-eksbuild.3",
  });
});

test("the service range is stated", () => {
  expect(eks().service_ipv4_cidr).toBe("172.20.0.0/16");
  expect(eks("cluster: { serviceCidr: 172.30.0.0/16 }").service_ipv4_cidr).toBe("172.30.0.0/16");
});
