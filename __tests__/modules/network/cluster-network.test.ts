import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import "cdktf/lib/testing/adapters/jest";
import { ClusterNetwork, type ClusterNetworkProps } from "../../../src/modules/network/cluster-network";
import { moduleInputs, resource, resourcesOf, synthConstruct } from "../../support/synth";

const zones = ["us-east-1a", "us-east-1b"];
const byZone = (third: number) =>
  Object.fromEntries(zones.map((zone, index) => [zone, `10.0.${third + index}.0/24`]));
const tiers = { public: byZone(0), nodes: byZone(10), pods: byZone(20), controlPlane: byZone(30) };

function synthNetwork(props: Partial<ClusterNetworkProps> = {}): string {
  return synthConstruct((scope) => {
    new ClusterNetwork(scope, "network", {
      name: "dev-us-east-1",
      clusterName: "dev",
      vpcCidr: "10.0.0.0/16",
      subnets: tiers,
      nat: { kind: "per-zone" },
      ...props,
    });
  });
}

/** Route tables that a subnet is associated with. */
function tableOf(json: string, subnet: string): unknown {
  return resource(json, "aws_route_table_association", `network_${subnet}-routes`).route_table_id;
}

/** Targets of the default routes of a route table. */
function defaultRoutes(json: string, table: string): string[] {
  return Object.values(resourcesOf(json, "aws_route"))
    .filter((route) => route.route_table_id === `\${aws_route_table.network_routes-${table}.id}`)
    .filter((route) => route.destination_cidr_block === "0.0.0.0/0")
    .map((route) => String(route.nat_gateway_id ?? route.gateway_id));
}

describe("the VPC", () => {
  test("has DNS names, which private endpoints and nodes need", () => {
    const vpc = moduleInputs(synthNetwork(), "network_vpc");

    expect(vpc).toMatchObject({ cidr: "10.0.0.0/16", enable_dns_hostnames: true, enable_dns_support: true });
  });

  // AWS Security Hub, EC2.2: a VPC's default security group should admit nothing.
  test("has a default security group without a rule", () => {
    const vpc = moduleInputs(synthNetwork(), "network_vpc");

    expect(vpc).toMatchObject({
      manage_default_security_group: true,
      default_security_group_ingress: [],
      default_security_group_egress: [],
    });
  });

  // terraform-aws-modules/vpc 6.5.1, main.tf: subnets are counted by list position, so that removing one replaces all
  // that follow (docs/adr/0003-subnets-by-zone.md).
  test("gets no subnet and no NAT gateway from the module", () => {
    const inputs = Object.keys(moduleInputs(synthNetwork(), "network_vpc"));

    expect(inputs.filter((name) => /subnets|nat_gateway|azs/.test(name))).toEqual([]);
  });
});

describe("subnets", () => {
  test("have addresses that hold tier and zone", () => {
    const subnets = Object.keys(resourcesOf(synthNetwork(), "aws_subnet"));

    expect(subnets.sort()).toEqual(
      ["controlPlane", "nodes", "pods", "public"].flatMap((tier) =>
        zones.map((zone) => `network_${tier}-${zone}`),
      ),
    );
  });

  test("stay as they are when a zone is taken out of the middle or put before", () => {
    const two = { "us-east-1a": "10.0.10.0/24", "us-east-1c": "10.0.12.0/24" };
    const three = { ...two, "us-east-1b": "10.0.11.0/24" };

    const all = resourcesOf(synthNetwork({ subnets: { nodes: three } }), "aws_subnet");
    const fewer = resourcesOf(synthNetwork({ subnets: { nodes: two } }), "aws_subnet");

    expect(Object.keys(fewer)).toEqual(["network_nodes-us-east-1a", "network_nodes-us-east-1c"]);
    expect(all).toMatchObject(fewer);
  });

  // AWS Security Hub, EC2.15: subnets should not assign public addresses by themselves.
  test("never give public addresses", () => {
    const subnets = Object.values(resourcesOf(synthNetwork(), "aws_subnet"));

    expect(subnets).toHaveLength(8);
    expect(subnets.every((subnet) => subnet.map_public_ip_on_launch === false)).toBe(true);
  });

  test("carry the tags of their tier and a name", () => {
    const json = synthNetwork();

    expect(json).toHaveResourceWithProperties(Subnet, {
      availability_zone: "us-east-1a",
      cidr_block: "10.0.0.0/24",
      tags: {
        Name: "dev-us-east-1-public-us-east-1a",
        "kubernetes.io/cluster/dev": "shared",
        "kubernetes.io/role/elb": "1",
      },
    });
  });

  // Karpenter would launch nodes in pod subnets, too, if those had its tag.
  test("of a zone that goes wait until the firewall or the attachment has left them", () => {
    const json = synthNetwork({ subnets: { ...tiers, firewall: byZone(40), transitGateway: byZone(50) } });

    const late = Object.entries(resourcesOf(json, "aws_subnet"))
      .filter(([, { lifecycle }]) => JSON.stringify(lifecycle) === '{"create_before_destroy":true}')
      .map(([name]) => name);
    expect(late.sort()).toEqual(
      ["firewall", "transitGateway"].flatMap((tier) => zones.map((zone) => `network_${tier}-${zone}`)),
    );
  });

  test("only those of nodes are Karpenter's", () => {
    const subnets = Object.entries(resourcesOf(synthNetwork(), "aws_subnet"));

    const found = subnets.filter(([, { tags }]) => "karpenter.sh/discovery" in (tags as object));
    expect(found.map(([name]) => name)).toEqual(zones.map((zone) => `network_nodes-${zone}`));
  });
});

describe("routes", () => {
  test("nodes and pods of a zone share the zone's table", () => {
    const json = synthNetwork();

    for (const zone of zones) {
      const table = `\${aws_route_table.network_routes-private-${zone}.id}`;
      expect([tableOf(json, `nodes-${zone}`), tableOf(json, `pods-${zone}`)]).toEqual([table, table]);
    }
  });

  // Where nothing masquerades, pods leave under their own addresses: their subnets need a default route of their own.
  test("nodes and pods leave by the NAT gateway of their own zone", () => {
    const json = synthNetwork();

    expect(zones.map((zone) => defaultRoutes(json, `private-${zone}`))).toEqual(
      zones.map((zone) => [`\${aws_nat_gateway.network_nat_${zone}.id}`]),
    );
  });

  test("with a single NAT gateway every zone leaves by it", () => {
    const json = synthNetwork({ nat: { kind: "single", zone: "us-east-1a" } });

    const gateway = "${aws_nat_gateway.network_nat_us-east-1a.id}";
    expect(zones.map((zone) => defaultRoutes(json, `private-${zone}`))).toEqual([[gateway], [gateway]]);
  });

  test("only public subnets have the internet gateway", () => {
    const json = synthNetwork();

    expect(json).toHaveResource(InternetGateway);
    expect(defaultRoutes(json, "public")).toEqual(["${aws_internet_gateway.network_internet.id}"]);
    expect(tableOf(json, "public-us-east-1a")).toBe("${aws_route_table.network_routes-public.id}");
  });

  test("the control plane's interfaces have no way out", () => {
    const json = synthNetwork();

    expect(defaultRoutes(json, "control-plane")).toEqual([]);
    expect(tableOf(json, "controlPlane-us-east-1b")).toBe(
      "${aws_route_table.network_routes-control-plane.id}",
    );
  });

  test("every subnet has exactly one table", () => {
    const json = synthNetwork();

    const associated = Object.values(resourcesOf(json, "aws_route_table_association")).map(
      ({ subnet_id }) => subnet_id,
    );
    const subnets = Object.keys(resourcesOf(json, "aws_subnet")).map((name) => `\${aws_subnet.${name}.id}`);
    expect(associated.sort()).toEqual(subnets.sort());
  });
});

// Pods in a range of their own, where the VPC's first one has no room left.
describe("secondary ranges", () => {
  const json = synthNetwork({ secondaryCidrs: ["100.64.0.0/16", "100.65.0.0/16"] });

  test("have addresses that hold the range, so that their order means nothing", () => {
    expect(resourcesOf(json, "aws_vpc_ipv4_cidr_block_association")).toMatchObject({
      "network_range-100-64-0-0-16": { cidr_block: "100.64.0.0/16" },
      "network_range-100-65-0-0-16": { cidr_block: "100.65.0.0/16" },
    });
  });

  test("are there before any subnet that may lie in one", () => {
    for (const subnet of Object.values(resourcesOf(json, "aws_subnet"))) {
      expect(subnet.depends_on).toEqual([
        "aws_vpc_ipv4_cidr_block_association.network_range-100-64-0-0-16",
        "aws_vpc_ipv4_cidr_block_association.network_range-100-65-0-0-16",
      ]);
    }
  });
});

describe("IPv6", () => {
  const json = synthNetwork({
    ipv6SubnetNumbers: (tier, zone) => (tier === "pods" ? 0 : 32) + zone.charCodeAt(9) - 97,
  });

  test("the VPC has a /56 of Amazon's, and each subnet its /64", () => {
    expect(moduleInputs(json, "network_vpc")).toMatchObject({ enable_ipv6: true });
    expect(resource(json, "aws_subnet", "network_pods-us-east-1b").ipv6_cidr_block).toBe(
      "${cidrsubnet(module.network_vpc.vpc_ipv6_cidr_block, 8, 1)}",
    );
  });

  // EKS User Guide, "IPv6": otherwise nodes can't be deployed.
  test("subnets give addresses to what starts there", () => {
    const subnets = Object.values(resourcesOf(json, "aws_subnet"));

    expect(subnets.filter((subnet) => subnet.assign_ipv6_address_on_creation !== true)).toEqual([]);
  });

  test("private subnets leave by the egress-only gateway, public ones by the internet gateway", () => {
    const out = Object.values(resourcesOf(json, "aws_route"))
      .filter((route) => route.destination_ipv6_cidr_block === "::/0")
      .map(({ route_table_id, gateway_id, egress_only_gateway_id }) => [
        route_table_id,
        gateway_id ?? egress_only_gateway_id,
      ]);

    const outOnly = "${aws_egress_only_internet_gateway.network_ipv6_egress-only.id}";
    expect(out.sort()).toEqual([
      ["${aws_route_table.network_routes-private-us-east-1a.id}", outOnly],
      ["${aws_route_table.network_routes-private-us-east-1b.id}", outOnly],
      ["${aws_route_table.network_routes-public.id}", "${aws_internet_gateway.network_internet.id}"],
    ]);
  });

  test("is not a way around an egress that is closed", () => {
    const { public: _none, ...closed } = tiers;

    const closedJson = synthNetwork({ subnets: closed, nat: { kind: "none" }, ipv6SubnetNumbers: () => 0 });

    expect(resourcesOf(closedJson, "aws_egress_only_internet_gateway")).toEqual({});
    expect(closedJson).not.toHaveResource(Route);
  });

  test("is not a way around a firewall", () => {
    const json = synthNetwork({ subnets: { ...tiers, firewall: byZone(40) }, ipv6SubnetNumbers: () => 0 });

    expect(resourcesOf(json, "aws_egress_only_internet_gateway")).toEqual({});
    expect(json).not.toContain("::/0");
  });

  test("is not there unless asked for", () => {
    expect(synthNetwork()).not.toMatch(/ipv6_cidr_block|egress_only/);
  });
});

test("without public subnets there is no way to the internet at all", () => {
  const { public: _none, ...closed } = tiers;

  const json = synthNetwork({ subnets: closed, nat: { kind: "none" } });

  expect(json).not.toHaveResource(InternetGateway);
  expect(json).not.toHaveResource(Route);
  expect(resourcesOf(json, "aws_nat_gateway")).toEqual({});
  expect(json).toHaveResource(RouteTableAssociation);
});
