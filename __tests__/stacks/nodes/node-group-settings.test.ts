import { costOf } from "../../../src/model/cost-of";
import { aTarget } from "../../support/fixtures";
import { type Block, moduleInputs, resource, synthYaml } from "../../support/synth";

const yaml = (text: string) =>
  `nodes: { batch: { instanceTypes: [m7i.large], size: { min: 2, max: 4 }, ${text} } }\n`;
const group = (text = "", more = ""): Block =>
  moduleInputs(synthYaml(`${more}${yaml(text)}`).nodes, "batch_group");

describe("the root volume", () => {
  test("has the IOPS and the throughput that are asked for, encrypted as ever", () => {
    expect(
      group("rootVolume: { type: gp3, iops: 6000, throughputMiB: 500 }").block_device_mappings,
    ).toMatchObject({
      root: { ebs: { volume_type: "gp3", iops: 6000, throughput: 500, encrypted: true, volume_size: 50 } },
    });
  });

  test("of Bottlerocket is its data volume; the system's stays as it is", () => {
    const mappings = group("ami: bottlerocket, rootVolume: { type: io2, iops: 8000 }").block_device_mappings;

    expect(mappings).toMatchObject({
      system: { ebs: { volume_type: "gp3" } },
      data: { ebs: { volume_type: "io2", iops: 8000 } },
    });
    expect(JSON.stringify(mappings).match(/iops/g)).toHaveLength(1);
  });

  test("is named where the cost has its size only", () => {
    const { notes } = costOf(aTarget(yaml("rootVolume: { type: io2, iops: 8000 }")));

    expect(notes).toContain(
      "IOPS, throughput and the dearer GiB of io2 are not in the figures (nodes.batch.rootVolume)",
    );
  });
});

describe("an update", () => {
  test("replaces the number of nodes that is asked for", () => {
    expect(group("maxUnavailable: 2").update_config).toEqual({ max_unavailable: 2 });
  });

  test("replaces a third of them where nothing is said", () => {
    expect(group().update_config).toEqual({ max_unavailable_percentage: 33 });
  });

  // EKS User Guide, "Understand each phase of node updates", scale up phase: twice the zones, or what is taken away at once.
  test.each([
    ["maxUnavailable: 1", 6],
    ["maxUnavailable: 9", 9],
    ["maxUnavailablePercent: 100", 20],
  ])("with %s starts %i nodes beside the old ones", (text, nodes) => {
    const { capacity } = aTarget(
      `nodes: { batch: { instanceTypes: [m7i.large], size: { min: 2, max: 20 }, ${text} } }\n`,
    );

    expect(capacity.groups.find(({ name }) => name === "batch")?.surgeNodes).toBe(nodes);
  });
});

test("the group's tags win over the target's, and never over the platform's", () => {
  expect(group("tags: { team: batch }", "tags: { team: platform, owner: acme }\n").tags).toMatchObject({
    team: "batch",
    owner: "acme",
    "octarine:target": "dev/us-east-1",
  });
});

test("policies of the account are on the nodes' role beside Session Manager's", () => {
  const arn = "arn:aws:iam::111122223333:policy/Agent";

  expect(group(`additionalPolicies: ["${arn}"]`).iam_role_additional_policies).toEqual({
    ssm: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
    [arn]: arn,
  });
});

test("kubelet's settings are in the user data of either system", () => {
  const kubelet = "kubelet: { podPidsLimit: 2048 }";

  expect(JSON.stringify(group(kubelet).cloudinit_pre_nodeadm)).toContain("podPidsLimit: 2048");
  expect(group(`ami: bottlerocket, ${kubelet}`).bootstrap_extra_args).toContain('"pod-pids-limit" = 2048');
});

describe("where nodes start", () => {
  const zone = "zones: [us-east-1a]";
  const hpc = (types: string, text: string): Block =>
    moduleInputs(
      synthYaml(`nodes: { hpc: { instanceTypes: [${types}], size: { min: 0, max: 2 }, ${zone}, ${text} } }\n`)
        .nodes,
      "hpc_group",
    );

  test("is a placement group and a reservation that there are", () => {
    const inputs = hpc(
      "m7i.large",
      "placementGroup: { name: near, strategy: cluster }, capacityReservation: { kind: on-demand, id: cr-0123456789abcdef0 }",
    );

    expect(inputs).toMatchObject({
      placement: { group_name: "near" },
      capacity_reservation_specification: {
        capacity_reservation_target: { capacity_reservation_id: "cr-0123456789abcdef0" },
      },
      capacity_type: "ON_DEMAND",
    });
    // The module's own would be a second placement group.
    expect(inputs).not.toHaveProperty("create_placement_group");
  });

  // EKS User Guide, "Create a managed node group with Capacity Blocks for ML": all of these, or it is refused.
  test("is a Capacity Block, with the type of capacity and of market that go with it", () => {
    expect(
      hpc("p5.48xlarge", "capacityReservation: { kind: ml-block, id: cr-0123456789abcdef0 }"),
    ).toMatchObject({
      capacity_type: "CAPACITY_BLOCK",
      instance_types: ["p5.48xlarge"],
      instance_market_options: { market_type: "capacity-block" },
    });
  });

  test("is any reservation of a resource group", () => {
    const arn = "arn:aws:resource-groups:us-east-1:111122223333:group/training";

    expect(
      hpc("m7i.large", `capacityReservation: { kind: resource-group, arn: "${arn}" }`)
        .capacity_reservation_specification,
    ).toEqual({ capacity_reservation_target: { capacity_reservation_resource_group_arn: arn } });
  });

  test("has an EFA on each network card, only the first with an address, in a group that admits itself", () => {
    const inputs = hpc("c6in.32xlarge", "efa: {}");

    expect(inputs.network_interfaces).toEqual([
      expect.objectContaining({ network_card_index: 0, device_index: 0, interface_type: "efa" }),
      expect.objectContaining({ network_card_index: 1, device_index: 1, interface_type: "efa-only" }),
    ]);
    expect(inputs).toMatchObject({
      create_security_group: true,
      security_group_ingress_rules: { efa: { ip_protocol: "-1", self: true } },
      security_group_egress_rules: { efa: { ip_protocol: "-1", self: true } },
    });
  });

  test("is up to EC2 where nothing is said", () => {
    const inputs = group();

    expect(Object.keys(inputs).filter((key) => /placement|reservation|network_interfaces/.test(key))).toEqual(
      [],
    );
    expect(inputs.create_security_group).toBe(false);
  });
});

describe("an AMI of one's own", () => {
  const own = "amiId: ami-0123456789abcdef0, labels: { image: hardened }";

  // terraform-aws-modules/eks 21.11.0, modules/eks-managed-node-group: with ami_id neither type, version nor release go to EKS.
  test("joins by user data with the cluster's address, since EKS adds none to it", () => {
    const inputs = group(own);

    expect(inputs).toMatchObject({
      ami_id: "ami-0123456789abcdef0",
      enable_bootstrap_user_data: true,
      cluster_endpoint: "${data.terraform_remote_state.cluster.outputs.endpoint}",
      cluster_auth_base64: "${data.terraform_remote_state.cluster.outputs.certificate_authority_data}",
      ami_type: "AL2023_x86_64_STANDARD",
    });
    expect(inputs).not.toHaveProperty("ami_release_version");
    expect(JSON.stringify(inputs.cloudinit_pre_nodeadm)).toContain("--node-labels=image=hardened");
  });

  test("starts with Cilium's taint like all others", () => {
    expect(group(`${own}, ami: bottlerocket`).bootstrap_extra_args).toContain(
      '"node.cilium.io/agent-not-ready" = ["true:NoExecute"]',
    );
  });

  test("is another kind of group for EKS, which a running one can't become", () => {
    const { nodes } = synthYaml(yaml(own));

    expect(resource(nodes, "terraform_data", "batch_made-of")).toMatchObject({ input: "CUSTOM" });
  });
});
