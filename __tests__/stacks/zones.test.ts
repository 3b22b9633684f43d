import { type Block, moduleInputs, parsed, releaseValues, resourcesOf, synthYaml } from "../support/synth";

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

/**
 * Terraform destroys a subnet before it updates what stood in it (hashicorp/terraform, internal/terraform/transform_destroy_edge.go),
 * and EC2 deletes no subnet with an interface: whatever has one in every zone has left before the zone retires for good, or its
 * subnets wait, also where nobody had the zone retire.
 */
describe("a zone goes after everything that has an interface in each zone", () => {
  const TGW = "transit-gateway, transitGatewayId: tgw-0123456789abcdef0, publicAddresses: [203.0.113.10]";
  const ON_PREMISES = "connections: { onPremises: { cidrs: [10.200.0.0/14], via: tgw-0fedcba9876543210 } }";
  const zones =
    "zones: [us-east-1a, us-east-1b], controlPlaneZones: [us-east-1a, us-east-1b, us-east-1c], retiringZones: [us-east-1c]";
  // A network ACL has none, and what is the zone's own goes with it.
  const isHolder = ([address]: [string, unknown]) =>
    !address.startsWith("aws_network_acl.") && !address.includes("us-east-1c");

  test.each([
    ["NAT gateways", "egress: { kind: nat-per-zone }", 0],
    ["a firewall", "egress: { kind: firewall, domains: [.quay.io] }", 1],
    ["a way out over a transit gateway", `egress: { kind: ${TGW} }`, 1],
    ["a transit gateway to other networks", ON_PREMISES, 1],
    ["two transit gateways", `egress: { kind: ${TGW} }, ${ON_PREMISES}`, 2],
    ["resolvers and endpoints", "dns: { resolverInbound: true }, endpoints: { set: standard }", 0],
  ])("%s", (_what, network, count) => {
    expect(held(`${zones}, ${network}`)).toHaveLength(count);
    for (const each of [zones, ABC]) {
      for (const lifecycle of held(`${each}, ${network}`).flat())
        expect(lifecycle).toEqual({ create_before_destroy: true });
    }
  });

  /** How the subnets of a zone go, by what stands in them. */
  function held(network: string): unknown[][] {
    const json = stacks(network).network;
    const { resource, module = {} } = parsed(json) as unknown as Record<string, Record<string, Block>>;
    const blocks: [string, unknown][] = [
      ...Object.entries(resource ?? {}).flatMap(([type, all]) =>
        Object.entries(all).map(([name, block]): [string, unknown] => [`${type}.${name}`, block]),
      ),
      ...Object.entries(module),
    ];
    return blocks
      .filter(isHolder)
      .map(([, block]) => [...JSON.stringify(block).matchAll(/aws_subnet\.(network_\w+-us-east-1c)\.id/g)])
      .filter((found) => found.length > 0)
      .map((found) =>
        found.map(([, name = ""]) => resourcesOf(json, "aws_subnet")[name]?.lifecycle ?? "at once"),
      );
  }
});
