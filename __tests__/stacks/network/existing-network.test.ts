import { networkContract } from "../../../src/stacks/network/network-contract";
import { EXISTING_NETWORK } from "../../support/existing-network";
import { type Block, parsed, resourcesOf, synthYaml } from "../../support/synth";

const yaml = (more = "") => `${EXISTING_NETWORK}${more}`;
const stacks = synthYaml(yaml());
const network = stacks.network;

/** Conditions and messages of everything that a plan looks up. */
function looked(json: string): { condition: string; error_message: string }[] {
  const data = parsed(json).data as Record<string, Record<string, Block>>;
  return ["aws_vpc", "aws_subnet"].flatMap((type) =>
    Object.values(data[type] ?? {}).flatMap(({ lifecycle }) => {
      const { postcondition = [] } = (lifecycle ?? {}) as {
        postcondition?: { condition: string; error_message: string }[];
      };
      return postcondition;
    }),
  );
}

test("nothing of the VPC is made or changed", () => {
  const made = [
    "aws_subnet",
    "aws_route_table",
    "aws_internet_gateway",
    "aws_nat_gateway",
    "aws_network_acl",
  ];

  expect(made.flatMap((type) => Object.keys(resourcesOf(network, type)))).toEqual([]);
  expect(parsed(network).module).not.toHaveProperty("network_vpc");
});

test("others read the same outputs as of a VPC of the target's own", () => {
  const outputs = parsed(network).output as Record<string, { value: unknown }>;

  expect(Object.keys(outputs)).toEqual(expect.arrayContaining(Object.keys(networkContract)));
  expect(outputs.vpc_id?.value).toBe("vpc-0a1b2c3d4e5f60718");
  expect(outputs.node_subnet_ids?.value).toEqual({
    "us-east-1a": "subnet-0b000001",
    "us-east-1b": "subnet-0b000002",
    "us-east-1c": "subnet-0b000003",
  });
  expect(outputs.control_plane_route_table_id?.value).toBe("rtb-0a000004");
});

test.each([
  ["the VPC's first range", '${self.cidr_block == "10.20.0.0/16"}'],
  ["DNS in the VPC", "${self.enable_dns_support && self.enable_dns_hostnames}"],
  ["the VPC of a subnet", '${self.vpc_id == "vpc-0a1b2c3d4e5f60718"}'],
  ["a subnet's range", '${self.cidr_block == "10.20.64.0/19"}'],
  ["a subnet's zone", '${self.availability_zone == "us-east-1c"}'],
  [
    "the tag of internal load balancers",
    '${lookup(self.tags, "kubernetes.io/role/internal-elb", "") == "1"}',
  ],
  ["Karpenter's tag", '${lookup(self.tags, "karpenter.sh/discovery", "") == "dev-us-east-1"}'],
])("a plan stops where %s differs from the config", (_what, condition) => {
  const found = looked(network).filter((each) => each.condition === condition);

  expect(found.length).toBeGreaterThan(0);
  expect(found[0]?.error_message).toMatch(/(vpc|subnet)-0/);
});

test("a plan stops where a subnet has no room for a first cluster, and lets a running one be", () => {
  expect(network).toContain(
    String.raw`contains(data.aws_eks_clusters.running-cluster_all.names, \"dev-us-east-1\") || data.aws_subnet.network_controlPlane-us-east-1a.available_ip_address_count >= 16`,
  );
  const data = parsed(network).data as Record<string, Record<string, Block>>;
  expect(data.aws_eks_clusters).toHaveProperty("running-cluster_all");
});

test("a route to a connected network is in each table once, whoever shares it", () => {
  const routed = synthYaml(
    yaml("  connections: { onPremises: { cidrs: [10.200.0.0/16], via: tgw-0123456789abcdef0 } }\n"),
  ).network;
  const tables = Object.values(resourcesOf(routed, "aws_route")).map((route) => String(route.route_table_id));

  expect(tables.sort()).toEqual(["rtb-0a000001", "rtb-0a000002", "rtb-0a000004"]);
});

test("endpoints that the VPC has are not made again", () => {
  const there = synthYaml(
    EXISTING_NETWORK.replace("    routeTables:", "    vpcEndpoints: existing\n    routeTables:"),
  ).network;

  expect(parsed(network).module).toHaveProperty("endpoints_endpoints");
  expect(parsed(there).module ?? {}).not.toHaveProperty("endpoints_endpoints");
});
