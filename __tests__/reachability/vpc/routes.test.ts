import { decideVpc } from "../../../src/reachability/vpc/decide";
import type { InterfacePlace } from "../../../src/reachability/vpc/places";
import type { VpcWorld } from "../../../src/reachability/vpc/world";
import { told, worldWith } from "./worlds";

type Blocks = Readonly<Record<string, Readonly<Record<string, object>>>>;

const vpc = { vpc_id: "${aws_vpc.vpc.id}" };
const table = { route_table_id: "${aws_route_table.table.id}" };
const subnet = { subnet_id: "${aws_subnet.subnet.id}" };

/** A VPC with one private subnet, its table, an open group, and a public subnet with a NAT gateway. */
function worldOf(routes: Readonly<Record<string, object>>, more: Blocks = {}, own: object = {}): VpcWorld {
  return worldWith({
    aws_vpc: { vpc: { cidr_block: "10.0.0.0/16", ...own } },
    aws_internet_gateway: { igw: vpc },
    aws_subnet: {
      subnet: { ...vpc, cidr_block: "10.0.1.0/24", availability_zone: "us-east-1a" },
      other: { ...vpc, cidr_block: "10.0.3.0/24", availability_zone: "us-east-1a" },
      public: { ...vpc, cidr_block: "10.0.2.0/24", availability_zone: "us-east-1a" },
    },
    aws_nat_gateway: { nat: { subnet_id: "${aws_subnet.public.id}" } },
    aws_route_table: { table: vpc, public: vpc },
    aws_route_table_association: {
      table: { ...table, ...subnet },
      public: { route_table_id: "${aws_route_table.public.id}", subnet_id: "${aws_subnet.public.id}" },
    },
    aws_route: {
      public: {
        route_table_id: "${aws_route_table.public.id}",
        destination_cidr_block: "0.0.0.0/0",
        gateway_id: "${aws_internet_gateway.igw.id}",
      },
      ...Object.fromEntries(Object.entries(routes).map(([name, route]) => [name, { ...table, ...route }])),
    },
    aws_security_group: { group: vpc },
    aws_vpc_security_group_egress_rule: {
      all: { security_group_id: "${aws_security_group.group.id}", ip_protocol: "-1", cidr_ipv4: "0.0.0.0/0" },
    },
    ...more,
  });
}

const here: InterfacePlace = {
  kind: "node",
  target: "test",
  name: "here",
  subnets: ["test-network/aws_subnet.subnet"],
  securityGroups: ["test-network/aws_security_group.group"],
};
const NAT = { destination_cidr_block: "0.0.0.0/0", nat_gateway_id: "${aws_nat_gateway.nat.id}" };
const TGW = { transit_gateway_id: "tgw-1" };
const attachment = {
  aws_ec2_transit_gateway_vpc_attachment: {
    attachment: { ...vpc, ...TGW, subnet_ids: ["${aws_subnet.subnet.id}"] },
  },
};
const to = (world: VpcWorld, range: string) => told(decideVpc(world, here, { kind: "range", range }, 443));

/** VPC User Guide, "Route priority": the most specific route that matches. */
describe("the most specific route decides", () => {
  const both = worldOf(
    { default: NAT, premises: { destination_cidr_block: "10.200.0.0/14", ...TGW } },
    attachment,
  );
  test.each([
    [
      "a range within the longer one goes by it",
      "10.201.0.0/16",
      /^undecided at transit gateway: where tgw-1 sends it/,
    ],
    ["the rest goes by the default route", "198.51.100.0/24", /^allowed$/],
    ["a range that both hold goes by both", "10.0.0.0/6", /^undecided at transit gateway/],
    ["of the internet's addresses none is private", "0.0.0.0/0", /^allowed$/],
  ] as const)("%s", (_title, range, expected) => {
    expect(to(both, range)).toMatch(expected);
  });

  test("local routes hold what is in the VPC, secondary ranges too", () => {
    const secondary = {
      aws_vpc_ipv4_cidr_block_association: { more: { ...vpc, cidr_block: "100.64.0.0/16" } },
    };
    const expected = /^undecided at security group of the receiver: which interface has an address of/;
    expect(to(worldOf({ default: NAT }), "10.0.3.0/24")).toMatch(expected);
    expect(to(worldOf({}, secondary), "100.64.1.0/24")).toMatch(expected);
    expect(to(worldOf({}), "100.64.1.0/24")).toBe(
      "denied at route out: aws_route_table.table has no route to 100.64.1.0/24",
    );
  });

  test("a subnet without a table of its own has the VPC's local routes", () => {
    const unassociated = { ...here, subnets: ["test-network/aws_subnet.other"] };
    const world = worldOf({ default: NAT });
    expect(told(decideVpc(world, unassociated, { kind: "range", range: "198.51.100.0/24" }, 443))).toBe(
      "denied at route out: aws_vpc.vpc has no route to 198.51.100.0/24",
    );
  });
});

test("routes in a table's own blocks count as those beside it", () => {
  const world = worldOf(
    {},
    {
      aws_route_table: {
        table: { ...vpc, route: [{ cidr_block: "0.0.0.0/0", nat_gateway_id: "${aws_nat_gateway.nat.id}" }] },
        public: vpc,
      },
    },
  );
  expect(to(world, "198.51.100.0/24")).toBe("allowed");
});

test("routes of a virtual private gateway are not known before", () => {
  const propagation = { aws_vpn_gateway_route_propagation: { vgw: { ...table, vpn_gateway_id: "vgw-1" } } };
  expect(to(worldOf({}, propagation), "10.200.0.0/16")).toMatch(
    /^undecided at route out: .*virtual private gateway/,
  );
  expect(to(worldOf({}, propagation), "10.0.3.0/24")).not.toMatch(/virtual private gateway/);
});

test("a route to a prefix list of AWS may lead there or not, and no route at all leads nowhere", () => {
  const list = { destination_prefix_list_id: "pl-1", ...TGW };
  expect(to(worldOf({ list }, attachment), "10.200.0.0/16")).toBe(
    "undecided at route out: whether a route of aws_route_table.table leads to 10.200.0.0/16 is not known",
  );
  expect(to(worldOf({}), "10.200.0.0/16")).toMatch(/^denied at route out/);
});

/** Transit Gateway Guide, "Transit gateway attachments to a VPC": a subnet in each zone that is to reach it. */
test("a transit gateway takes nothing from a zone in which it has no interface", () => {
  const routes = { premises: { destination_cidr_block: "10.200.0.0/14", ...TGW } };
  const elsewhere = {
    ...attachment,
    aws_subnet: {
      subnet: { ...vpc, cidr_block: "10.0.1.0/24", availability_zone: "us-east-1b" },
      other: { ...vpc, cidr_block: "10.0.3.0/24", availability_zone: "us-east-1a" },
      public: { ...vpc, cidr_block: "10.0.2.0/24", availability_zone: "us-east-1a" },
    },
    aws_ec2_transit_gateway_vpc_attachment: {
      attachment: { ...vpc, ...TGW, subnet_ids: ["${aws_subnet.other.id}"] },
    },
  };
  expect(to(worldOf(routes, elsewhere), "10.200.0.0/16")).toBe(
    "denied at transit gateway: aws_ec2_transit_gateway_vpc_attachment.attachment has no interface in us-east-1b",
  );
  expect(to(worldOf(routes), "10.200.0.0/16")).toMatch(
    /^undecided at transit gateway: the VPC has no attachment to tgw-1/,
  );
});

test("an internet gateway takes packets of public addresses only", () => {
  const route = { destination_cidr_block: "0.0.0.0/0", gateway_id: "${aws_internet_gateway.igw.id}" };
  expect(to(worldOf({ route }), "198.51.100.0/24")).toBe(
    "denied at route out: aws_route.route leads to an internet gateway, and the sender has no public address",
  );
});

/** VPC User Guide, "NAT gateways": a private one has no public address to send with. */
test("a private NAT gateway leads to other networks, and not to the internet", () => {
  const own = {
    aws_nat_gateway: { nat: { subnet_id: "${aws_subnet.public.id}", connectivity_type: "private" } },
  };
  expect(to(worldOf({ default: NAT }, own), "198.51.100.0/24")).toBe(
    "denied at route out: aws_route.public leads to an internet gateway, and the sender has no public address",
  );
});

/** RFC 6890: no router of the internet has a way to them. */
test.each(["10.20.0.0/24", "172.20.1.0/24", "100.64.9.0/24"])(
  "a default route by a NAT gateway does not lead to %s, which is private",
  (range) => {
    const route = { destination_cidr_block: "0.0.0.0/0", nat_gateway_id: "${aws_nat_gateway.nat.id}" };
    expect(to(worldOf({ route }), range)).toBe(
      `denied at route out: aws_route.public leads to the internet, where nobody has ${range}`,
    );
    expect(to(worldOf({ route }), "198.51.100.0/24")).toBe("allowed");
  },
);

/** VPC User Guide, "Egress-only internet gateways": out and not in. */
test("an egress-only internet gateway leads out by IPv6, and nobody in", () => {
  const ipv6 = {
    aws_subnet: {
      subnet: { ...vpc, cidr_block: "10.0.1.0/24", ipv6_cidr_block: "2001:db8:0:1::/64" },
      other: { ...vpc, cidr_block: "10.0.3.0/24" },
      public: { ...vpc, cidr_block: "10.0.2.0/24" },
    },
    aws_vpc_security_group_egress_rule: {
      all: { security_group_id: "${aws_security_group.group.id}", ip_protocol: "-1", cidr_ipv6: "::/0" },
    },
    aws_vpc_security_group_ingress_rule: {
      all: { security_group_id: "${aws_security_group.group.id}", ip_protocol: "-1", cidr_ipv6: "::/0" },
    },
  };
  const route = { destination_ipv6_cidr_block: "::/0", egress_only_gateway_id: "eigw-1" };
  const world = worldOf({ route }, ipv6);
  expect(to(world, "::/0")).toBe("allowed");
  expect(told(decideVpc(world, { kind: "range", range: "::/0" }, here, 443))).toBe(
    "denied at route back: aws_route.route leads to an egress-only internet gateway for the internet by IPv6, and not to an internet gateway from a public address",
  );
});

test("what no route table of two VPCs joins stays apart, and a peering needs both tables", () => {
  const peer = {
    aws_vpc: { vpc: { cidr_block: "10.0.0.0/16" }, peer: { cidr_block: "10.9.0.0/16" } },
    aws_vpc_peering_connection: {
      pcx: { ...vpc, peer_vpc_id: "${aws_vpc.peer.id}", auto_accept: true },
    },
    aws_vpc_security_group_ingress_rule: {
      all: {
        security_group_id: "${aws_security_group.group.id}",
        ip_protocol: "-1",
        cidr_ipv4: "10.0.0.0/16",
      },
    },
  };
  const pcx = { vpc_peering_connection_id: "${aws_vpc_peering_connection.pcx.id}" };
  const make = (there: Readonly<Record<string, object>>) => {
    const world = worldOf(
      { peer: { destination_cidr_block: "10.9.0.0/16", ...pcx } },
      {
        ...peer,
        aws_subnet: {
          subnet: { ...vpc, cidr_block: "10.0.1.0/24" },
          far: { vpc_id: "${aws_vpc.peer.id}", cidr_block: "10.9.1.0/24" },
        },
        aws_route_table: { table: vpc, far: { vpc_id: "${aws_vpc.peer.id}", ...there } },
        aws_route_table_association: {
          table: { ...table, ...subnet },
          far: { route_table_id: "${aws_route_table.far.id}", subnet_id: "${aws_subnet.far.id}" },
        },
      },
    );
    return told(decideVpc(world, here, { ...here, subnets: ["test-network/aws_subnet.far"] }, 443));
  };
  expect(make({ route: [{ cidr_block: "10.0.0.0/16", ...pcx }] })).toBe("allowed");
  expect(make({})).toBe("denied at route back: aws_route_table.far has no route back to 10.0.1.0/24");
});
