import { ManagedNodeGroup, type ManagedNodeGroupProps } from "../../../src/modules/nodes/managed-node-group";
import { NameTooLongError } from "../../../src/modules/physical-names";
import { type Block, moduleInputs, resource, synthConstruct } from "../../support/synth";

function synthGroup(props: Partial<ManagedNodeGroupProps> = {}): string {
  return synthConstruct((scope) => {
    new ManagedNodeGroup(scope, "main", {
      clusterName: "dev",
      partition: "aws",
      clusterServiceCidr: "172.20.0.0/16",
      kubernetesVersion: "1.35",
      name: "main",
      groupName: "main",
      subnetIds: ["subnet-a"],
      securityGroupId: "sg-nodes",
      instanceTypes: ["m7i.large"],
      architecture: "x86_64",
      capacity: "on-demand",
      size: { min: 3, max: 30, desired: 3 },
      ami: "al2023",
      amiReleaseVersion: "1.35.6-20260714",
      maxPods: 110,
      volumeGiB: 50,
      volumeKind: { type: "gp3" },
      volumeKeyArn: "arn:aws:kms:us-east-1:111122223333:key/volumes",
      labels: {},
      taints: [],
      updatePace: { percent: 33 },
      additionalPolicies: [],
      tags: { owner: "platform" },
      ...props,
    });
  });
}
const group = (props: Partial<ManagedNodeGroupProps> = {}): Block =>
  moduleInputs(synthGroup(props), "main_group");

describe("the AMI", () => {
  test("is kept of a group that is there: one that could not be made may be made of something else", () => {
    expect(resource(synthGroup(), "terraform_data", "main_made-of")).toMatchObject({
      input: "AL2023_x86_64_STANDARD",
      depends_on: ["module.main_group"],
    });
  });

  test.each([
    ["al2023", "x86_64", "AL2023_x86_64_STANDARD"],
    ["al2023", "arm64", "AL2023_ARM_64_STANDARD"],
    ["bottlerocket", "x86_64", "BOTTLEROCKET_x86_64"],
    ["bottlerocket", "arm64", "BOTTLEROCKET_ARM_64"],
  ] as const)("%s for %s is %s", (ami, architecture, amiType) => {
    expect(group({ ami, architecture }).ami_type).toBe(amiType);
  });

  // The names are EKS's own (API reference, Nodegroup, amiType); the registry module has user data for each of them.
  test.each([
    ["al2023", "x86_64", "nvidia", "AL2023_x86_64_NVIDIA"],
    ["al2023", "arm64", "nvidia", "AL2023_ARM_64_NVIDIA"],
    ["al2023", "x86_64", "neuron", "AL2023_x86_64_NEURON"],
    ["bottlerocket", "x86_64", "nvidia", "BOTTLEROCKET_x86_64_NVIDIA"],
    ["bottlerocket", "arm64", "nvidia", "BOTTLEROCKET_ARM_64_NVIDIA"],
    ["bottlerocket", "x86_64", "neuron", "BOTTLEROCKET_x86_64"],
  ] as const)("%s for %s with %s devices is %s", (ami, architecture, accelerator, amiType) => {
    expect(group({ ami, architecture, accelerator }).ami_type).toBe(amiType);
  });

  test("gives containers that are not root their Neuron devices on Bottlerocket", () => {
    const setting = "device-ownership-from-security-context";

    expect(group({ ami: "bottlerocket", accelerator: "neuron" }).bootstrap_extra_args).toContain(
      `"${setting}" = true`,
    );
    expect(group({ ami: "bottlerocket" }).bootstrap_extra_args).not.toContain(setting);
  });

  // terraform-aws-modules/eks 21.11.0, use_latest_ami_release_version: by default nodes roll whenever AWS publishes an AMI.
  test("is pinned", () => {
    expect(group()).toMatchObject({
      ami_release_version: "1.35.6-20260714",
      use_latest_ami_release_version: false,
      kubernetes_version: "1.35",
    });
  });
});

describe("max pods", () => {
  test("of AL2023 are in its node configuration", () => {
    const inputs = group({ maxPods: 29 });

    expect(JSON.stringify(inputs.cloudinit_pre_nodeadm)).toContain("maxPods: 29\\n");
    expect(inputs).not.toHaveProperty("bootstrap_extra_args");
  });

  test("of Bottlerocket are in its settings", () => {
    const inputs = group({ ami: "bottlerocket", maxPods: 29 });

    expect(inputs.bootstrap_extra_args).toBe('[settings.kubernetes]\n"max-pods" = 29\n');
    expect(inputs).not.toHaveProperty("cloudinit_pre_nodeadm");
  });
});

describe("volumes", () => {
  const ebs = {
    volume_type: "gp3",
    encrypted: true,
    kms_key_id: "arn:aws:kms:us-east-1:111122223333:key/volumes",
    delete_on_termination: true,
  };

  test("of AL2023: one, encrypted with the customer's key", () => {
    expect(group({ volumeGiB: 80 }).block_device_mappings).toEqual({
      root: { device_name: "/dev/xvda", ebs: { ...ebs, volume_size: 80 } },
    });
  });

  test("of Bottlerocket: a small one for the system, and the data volume", () => {
    expect(group({ ami: "bottlerocket", volumeGiB: 80 }).block_device_mappings).toEqual({
      system: { device_name: "/dev/xvda", ebs: { ...ebs, volume_size: 4 } },
      data: { device_name: "/dev/xvdb", ebs: { ...ebs, volume_size: 80 } },
    });
  });

  // terraform-aws-modules/eks 21.11.0, modules/eks-managed-node-group: dropped beside a launch template of its own.
  test("never by disk_size", () => {
    expect(group()).not.toHaveProperty("disk_size");
  });
});

test("instance metadata needs a session, and no pod reaches it", () => {
  expect(group().metadata_options).toEqual({
    http_endpoint: "enabled",
    http_tokens: "required",
    http_put_response_hop_limit: 1,
  });
});

test("capacity is bought as asked", () => {
  expect(group().capacity_type).toBe("ON_DEMAND");
  expect(group({ capacity: "spot" }).capacity_type).toBe("SPOT");
});

describe("the group", () => {
  // kubernetes-sigs/aws-load-balancer-controller v3.5.0, pkg/networking/networking_manager.go: exactly one group of an
  // interface may carry the cluster's tag.
  test("has the nodes' security group and no other", () => {
    const inputs = group();

    expect(inputs).toMatchObject({ vpc_security_group_ids: ["sg-nodes"], create_security_group: false });
    expect(inputs).not.toHaveProperty("cluster_primary_security_group_id");
  });

  test("that must be replaced starts beside the old one", () => {
    expect(group()).toMatchObject({ name: "main", use_name_prefix: true });
  });

  test("is updated in parts, and repairs its nodes", () => {
    expect(group({ updatePace: { percent: 25 } })).toMatchObject({
      update_config: { max_unavailable_percentage: 25 },
      node_repair_config: { enabled: true },
      min_size: 3,
      max_size: 30,
      desired_size: 3,
    });
  });

  test("has labels and taints, in EKS's words", () => {
    const taints = [
      { key: "CriticalAddonsOnly", value: "true", effect: "NoSchedule" },
      { key: "example.com/x", value: "", effect: "PreferNoSchedule" },
      { key: "node.cilium.io/agent-not-ready", value: "true", effect: "NoExecute" },
    ] as const;

    const inputs = group({ taints, labels: { workload: "general" } });

    expect(inputs.labels).toEqual({ workload: "general" });
    expect(Object.values(inputs.taints as object)).toEqual(
      expect.arrayContaining([
        { key: "CriticalAddonsOnly", value: "true", effect: "NO_SCHEDULE" },
        { key: "example.com/x", value: "", effect: "PREFER_NO_SCHEDULE" },
        { key: "node.cilium.io/agent-not-ready", value: "true", effect: "NO_EXECUTE" },
      ]),
    );
  });

  test("keeps one key with two effects as two taints", () => {
    const both = ["NoSchedule", "NoExecute"] as const;

    const { taints } = group({ taints: both.map((effect) => ({ key: "dedicated", value: "x", effect })) });

    expect(Object.keys(taints as object)).toHaveLength(2);
  });

  // terraform-aws-modules/eks 21.11.0, tag_specifications: what a launch template makes has these tags, and not the
  // provider's default ones.
  test("tags instances, volumes and interfaces itself", () => {
    expect(group().tags).toEqual({ owner: "platform", Name: "dev-main" });
  });
});

describe("the nodes' role", () => {
  test("has no right over network interfaces: those are the CNI's own identity's", () => {
    expect(group().iam_role_attach_cni_policy).toBe(false);
  });

  test("may be reached by Session Manager", () => {
    expect(group().iam_role_additional_policies).toEqual({
      ssm: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
    });
  });

  // IAM takes 64 characters for a name and 38 for a prefix. It is global, so the cluster's name tells the region.
  test("has a plain name", () => {
    expect(group()).toMatchObject({ iam_role_name: "dev-main-nodes", iam_role_use_name_prefix: false });
  });

  test("with a name too long for IAM is refused", () => {
    expect(() => group({ clusterName: "x".repeat(54) })).toThrow(NameTooLongError);
  });
});

// Preconditions of the submodule: without them it reads the cluster, or plans nothing.
test("says all that the submodule would otherwise ask AWS for", () => {
  expect(group()).toMatchObject({
    cluster_name: "dev",
    cluster_service_cidr: "172.20.0.0/16",
    kubernetes_version: "1.35",
    subnet_ids: ["subnet-a"],
    source: "terraform-aws-modules/eks/aws//modules/eks-managed-node-group",
    version: "21.11.0",
  });
});
