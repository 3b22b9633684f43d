import "cdktf/lib/testing/adapters/jest";
import { moduleInputs, parsed, releaseValues, resource, resourcesOf, synthYaml } from "../support/synth";

const POLICIES = `
  policies:
    orders: { namespace: shop, podSelector: { app: orders }, securityGroupIds: [sg-0a1b2c3d] }
    shared: { namespace: default, serviceAccountSelector: { db: "yes" }, securityGroupIds: [sg-0f1e2d3c] }`;
const READY = `
    readiness:
      applications: { approvedBy: architects, on: "2026-10-02" }
      on-premises: { approvedBy: network-board, on: "2026-10-02" }
      tooling: { approvedBy: security, on: "2026-10-02" }
      allow-lists: { approvedBy: partners, on: "2026-10-02" }`;
const SECONDARY = `
network:
  secondaryCidrs: [100.64.0.0/16]
  subnets: { pods: { prefix: 18, from: 100.64.0.0/16 } }`;

// Where IPv4 runs out: pods in a secondary range, or with IPv6 addresses.
describe("pods in a secondary range", () => {
  const stacks = synthYaml(`${SECONDARY}\ncni: { kind: vpc-cni, customNetworking: true }`);

  test("nodes stay in the first range, pods are in the second", () => {
    const cidr = (name: string) => resource(stacks.network, "aws_subnet", name).cidr_block;

    expect(cidr("network_pods-us-east-1b")).toBe("100.64.64.0/18");
    expect(cidr("network_nodes-us-east-1b")).toMatch(/^10\.0\./);
  });

  test("every reader of the VPC's ranges gets both", () => {
    expect(parsed(stacks.network).output?.vpc_cidr_blocks?.value).toEqual(["10.0.0.0/16", "100.64.0.0/16"]);
  });

  test("each zone's ENIConfig names the zone's pod subnet and the nodes' security group", () => {
    const { configuration_values } = resource(stacks.cni, "aws_eks_addon", "vpc-cni_vpc-cni_addon");

    const text = String(configuration_values).replaceAll(/\$\{[^}]*\}/g, (expression) =>
      expression.replaceAll('"', "'"),
    );
    expect(JSON.parse(text)).toMatchObject({
      eniConfig: {
        create: true,
        region: "us-east-1",
        subnets: Object.fromEntries(
          ["us-east-1a", "us-east-1b", "us-east-1c"].map((zone) => [
            zone,
            {
              id: `\${data.terraform_remote_state.network.outputs.pod_subnet_ids['${zone}']}`,
              securityGroups: ["${data.terraform_remote_state.cluster.outputs.node_security_group_id}"],
            },
          ]),
        ),
      },
    });
  });

  test("network ACLs let both ranges pass", () => {
    const { ingress } = resource(stacks.network, "aws_network_acl", "network-acls_nodes");

    const ranges = (ingress as { cidr_block?: string }[]).map(({ cidr_block }) => cidr_block);
    expect(ranges).toEqual(expect.arrayContaining(["10.0.0.0/16", "100.64.0.0/16"]));
  });

  test("Cilium finds them by their tag", () => {
    const { network, cni } = synthYaml(`${SECONDARY}\ncni: { kind: cilium-eni }`);

    expect(resource(network, "aws_subnet", "network_pods-us-east-1a").tags).toMatchObject({
      "octarine/pods": "dev-us-east-1",
    });
    expect(releaseValues(cni, "cilium_cilium_release")).toMatchObject({
      eni: { nodeSpec: { subnetTags: ["octarine/pods=dev-us-east-1"], firstInterfaceIndex: 1 } },
    });
  });
});

describe("an IPv6 cluster", () => {
  const stacks = synthYaml(`
network:
  ipv6:
    mode: ipv6${READY}
cni: { kind: vpc-cni }`);

  test("is told its family, and no service range", () => {
    const inputs = moduleInputs(stacks.cluster, "cluster_eks");

    expect(inputs).toMatchObject({ ip_family: "ipv6" });
    expect(inputs).not.toHaveProperty("service_ipv4_cidr");
  });

  test("has a CNI that may assign IPv6 addresses", () => {
    expect(moduleInputs(stacks.cni, "vpc-cni_identity_identity")).toMatchObject({
      aws_vpc_cni_enable_ipv6: true,
      // Beside the module's policy: ipamd 1.22 reads the tags of its subnets before it starts.
      policy_statements: [{ sid: "SubnetTags", actions: ["ec2:DescribeSubnets"], resources: ["*"] }],
    });
  });

  test("admits the runner by the VPC's IPv6 range, too", () => {
    expect(moduleInputs(stacks.cluster, "cluster_eks").security_group_additional_rules).toMatchObject({
      ingress_runner_ranges: {
        ipv6_cidr_blocks: "${data.terraform_remote_state.network.outputs.vpc_ipv6_cidr_blocks}",
      },
    });
  });

  // Pods of different subnets call each other on ports below 1024, too.
  test("network ACLs let the VPC's own range pass", () => {
    const { ingress } = resource(stacks.network, "aws_network_acl", "network-acls_nodes");

    const own = (ingress as { ipv6_cidr_block?: string; protocol: string }[]).filter(
      ({ ipv6_cidr_block }) => ipv6_cidr_block === "${module.network_vpc.vpc_ipv6_cidr_block}",
    );
    expect(own.map(({ protocol }) => protocol)).toEqual(["-1"]);
  });
});

test("a network that is not asked for IPv6 has none of it", () => {
  const { network } = synthYaml();

  expect(moduleInputs(network, "network_vpc")).not.toHaveProperty("enable_ipv6");
  const subnets = Object.entries(resourcesOf(network, "aws_subnet"));
  expect(subnets.length).toBeGreaterThan(0);
  expect(subnets.filter(([, subnet]) => "ipv6_cidr_block" in subnet).map(([name]) => name)).toEqual([]);
  expect(resourcesOf(network, "aws_egress_only_internet_gateway")).toEqual({});
  expect(parsed(network).output?.vpc_ipv6_cidr_blocks?.value).toBe("${tolist([])}");
});

test("a dual-stack VPC has an IPv4 cluster", () => {
  const { network, cluster } = synthYaml(`
network:
  ipv6:
    mode: dual-stack${READY}`);

  expect(moduleInputs(network, "network_vpc")).toMatchObject({ enable_ipv6: true });
  const inputs = moduleInputs(cluster, "cluster_eks");
  expect(inputs).toMatchObject({ service_ipv4_cidr: "172.20.0.0/16" });
  expect(inputs).not.toHaveProperty("ip_family");
});

describe.each(["vpc-cni", "cilium-chaining"])("security groups for pods with %s", (kind) => {
  const stacks = synthYaml(`
cni:
  kind: ${kind}
  securityGroupsForPods:${POLICIES.replaceAll("\n", "\n  ")}`);

  test("are switched on in the VPC CNI", () => {
    expect(resource(stacks.cni, "aws_eks_addon", "vpc-cni_vpc-cni_addon").configuration_values).toContain(
      '"ENABLE_POD_ENI":"true","POD_SECURITY_GROUP_ENFORCING_MODE":"standard"',
    );
  });

  test("are objects of the policies stack, after their namespaces", () => {
    const name = "pod-security-groups_security-group-policies_helm_release";

    expect(resource(stacks.policies, "kubernetes_namespace_v1").metadata).toMatchObject({ name: "shop" });
    expect(resource(stacks.policies, "helm_release", name).depends_on).toEqual([
      "helm_release.namespace-shop_policies-shop_helm_release",
    ]);
    expect(releaseValues(stacks.policies, name)).toMatchObject({
      manifests: {
        orders: { kind: "SecurityGroupPolicy", spec: { securityGroups: { groupIds: ["sg-0a1b2c3d"] } } },
        shared: { metadata: { namespace: "default" } },
      },
    });
  });

  test("reach CoreDNS", () => {
    const rules = moduleInputs(stacks.cluster, "cluster_eks").node_security_group_additional_rules as object;

    expect(Object.keys(rules).filter((rule) => rule.startsWith("ingress_dns_udp"))).toEqual([
      "ingress_dns_udp_sg-0a1b2c3d",
      "ingress_dns_udp_sg-0f1e2d3c",
    ]);
  });
});

test("the EBS driver may do what its version's own policy allows and the module's lacks", () => {
  expect(moduleInputs(synthYaml("").nodes, "ebs-csi-identity_identity").policy_statements).toEqual([
    {
      sid: "TypesAndStatus",
      actions: ["ec2:DescribeInstanceTypes", "ec2:DescribeVolumeStatus"],
      resources: ["*"],
    },
    {
      sid: "LockNamedSnapshots",
      actions: ["ec2:LockSnapshot"],
      resources: ["*"],
      condition: [{ test: "StringLike", variable: "aws:ResourceTag/CSIVolumeSnapshotName", values: ["*"] }],
    },
    {
      sid: "LockOwnSnapshots",
      actions: ["ec2:LockSnapshot"],
      resources: ["*"],
      condition: [
        { test: "StringLike", variable: "aws:ResourceTag/ebs.csi.aws.com/cluster", values: ["true"] },
      ],
    },
  ]);
});
