import { moduleInputs, releaseValues, resourcesOf, synthYaml } from "../support/synth";

const ABC = "zones: [us-east-1a, us-east-1b, us-east-1c]";
const stacks = (network: string, rest = "") => synthYaml(`network: { ${network} }\n${rest}`);
const addresses = (json: string, type: string) => Object.keys(resourcesOf(json, type)).sort();
const before = stacks(ABC);

describe("a zone that is added", () => {
  const after = stacks(
    `${ABC.replace("]", ", us-east-1d]")}, controlPlaneZones: [us-east-1a, us-east-1b, us-east-1c]`,
  );

  test("leaves the cluster's stack as it is, to the byte", () => {
    expect(after.cluster).toBe(before.cluster);
  });

  test("gets subnets for nodes, and none for the control plane", () => {
    const added = addresses(after.network, "aws_subnet").filter(
      (each) => !addresses(before.network, "aws_subnet").includes(each),
    );

    expect(added).toContain("network_nodes-us-east-1d");
    expect(added).not.toContain("network_controlPlane-us-east-1d");
  });

  test("leaves every subnet that is there where it is", () => {
    const subnets = resourcesOf(after.network, "aws_subnet");

    expect(subnets).toMatchObject(resourcesOf(before.network, "aws_subnet"));
  });
});

describe("a zone that retires", () => {
  const karpenter = `
karpenter:
  classes: { standard: {} }
  pools: { general: { class: standard, limits: { cpus: 64 } } }`;
  const after = stacks(
    "zones: [us-east-1a, us-east-1b], controlPlaneZones: [us-east-1a, us-east-1b, us-east-1c], retiringZones: [us-east-1c]",
    karpenter,
  );

  test("keeps its subnets, routes and way out for what still runs there", () => {
    for (const type of ["aws_subnet", "aws_route_table_association", "aws_route", "aws_nat_gateway"]) {
      expect(addresses(after.network, type)).toEqual(addresses(before.network, type));
    }
  });

  test("has no nodes of a group any more", () => {
    const subnets = JSON.stringify(moduleInputs(after.nodes, "main_group").subnet_ids);

    expect(subnets).toContain("us-east-1b");
    expect(subnets).not.toContain("us-east-1c");
  });

  test("has no nodes of Karpenter's any more", () => {
    const zones = {
      key: "topology.kubernetes.io/zone",
      operator: "In",
      values: ["us-east-1a", "us-east-1b"],
    };

    expect(
      JSON.stringify(releaseValues(after.autoscaling, "karpenter_karpenter-pools_helm_release")),
    ).toContain(JSON.stringify(zones));
  });

  test("is not a place for load balancers or endpoints any more", () => {
    const { "network_public-us-east-1c": subnet } = resourcesOf(after.network, "aws_subnet");
    expect(subnet?.tags).not.toHaveProperty(["kubernetes.io/role/elb"]);
    for (const endpoint of Object.values(resourcesOf(after.network, "aws_vpc_endpoint"))) {
      expect(JSON.stringify(endpoint.subnet_ids ?? [])).not.toContain("us-east-1c");
    }
  });

  test("leaves the control plane where it was made", () => {
    expect(after.cluster).toBe(before.cluster);
  });
});

test("a control plane stays in a zone that is gone for everything else", () => {
  const { network, cluster } = stacks(
    "zones: [us-east-1a, us-east-1b], controlPlaneZones: [us-east-1a, us-east-1b, us-east-1c]",
  );

  expect(cluster).toBe(before.cluster);
  expect(addresses(network, "aws_subnet").filter((each) => each.endsWith("us-east-1c"))).toEqual([
    "network_controlPlane-us-east-1c",
  ]);
});
