import fc from "fast-check";
import { decideVpc } from "../../../src/reachability/vpc/decide";
import type { InterfacePlace } from "../../../src/reachability/vpc/places";
import { told, worldWith } from "./worlds";

type Blocks = Readonly<Record<string, Readonly<Record<string, object>>>>;

const id = (address: string) => `\${${address}.id}`;
const TGW = { transit_gateway_id: id("aws_ec2_transit_gateway.tgw") };
const near = "aws_ec2_transit_gateway_vpc_attachment.near";
const far = "aws_ec2_transit_gateway_vpc_attachment.far";
const table = (name: string) => ({
  transit_gateway_route_table_id: id(`aws_ec2_transit_gateway_route_table.${name}`),
});
const of = (attachment: string) => ({ transit_gateway_attachment_id: id(attachment) });
const to = (cidr: string) => ({ destination_cidr_block: cidr });

/** Two VPCs on one gateway, each with a subnet whose table leads the other's range there. */
function worldOf(more: Blocks = {}) {
  const side = (name: string, other: string) => ({
    vpc_id: id(`aws_vpc.${name}`),
    route: [{ cidr_block: other, ...TGW }],
  });
  const subnet = (name: string, cidr: string) => ({
    vpc_id: id(`aws_vpc.${name}`),
    cidr_block: cidr,
    availability_zone: "us-east-1a",
  });
  const association = (name: string) => ({
    route_table_id: id(`aws_route_table.${name}`),
    subnet_id: id(`aws_subnet.${name}`),
  });
  const attachment = (name: string) => ({
    ...TGW,
    vpc_id: id(`aws_vpc.${name}`),
    subnet_ids: [id(`aws_subnet.${name}`)],
  });
  return worldWith({
    aws_ec2_transit_gateway: { tgw: {} },
    aws_vpc: { near: { cidr_block: "10.0.0.0/16" }, far: { cidr_block: "10.9.0.0/16" } },
    aws_subnet: { near: subnet("near", "10.0.1.0/24"), far: subnet("far", "10.9.1.0/24") },
    aws_route_table: { near: side("near", "10.0.0.0/8"), far: side("far", "10.0.0.0/16") },
    aws_route_table_association: { near: association("near"), far: association("far") },
    aws_ec2_transit_gateway_vpc_attachment: { near: attachment("near"), far: attachment("far") },
    aws_security_group: { near: { vpc_id: id("aws_vpc.near") }, far: { vpc_id: id("aws_vpc.far") } },
    aws_vpc_security_group_egress_rule: {
      all: { security_group_id: id("aws_security_group.near"), ip_protocol: "-1", cidr_ipv4: "0.0.0.0/0" },
    },
    aws_vpc_security_group_ingress_rule: {
      all: { security_group_id: id("aws_security_group.far"), ip_protocol: "-1", cidr_ipv4: "10.0.0.0/16" },
    },
    ...more,
  });
}

const place = (name: string): InterfacePlace => ({
  kind: "node",
  target: name,
  name,
  subnets: [`test-network/aws_subnet.${name}`],
  securityGroups: [`test-network/aws_security_group.${name}`],
});
const call = (world: ReturnType<typeof worldOf>) => told(decideVpc(world, place("near"), place("far"), 443));

/** Each VPC in a table of its own, which knows the other. */
const apart: Blocks = {
  aws_ec2_transit_gateway_route_table: { near: TGW, far: TGW },
  aws_ec2_transit_gateway_route_table_association: {
    near: { ...table("near"), ...of(near) },
    far: { ...table("far"), ...of(far) },
  },
  aws_ec2_transit_gateway_route_table_propagation: {
    near: { ...table("near"), ...of(far) },
    far: { ...table("far"), ...of(near) },
  },
};
const without = (type: string, name: string): Blocks => {
  const { [name]: _, ...left } = apart[type] ?? {};
  return { ...apart, [type]: left };
};
const PROPAGATION = "aws_ec2_transit_gateway_route_table_propagation";
const TABLE = "aws_ec2_transit_gateway_route_table";

/** Transit Gateway Guide, "Transit gateway route tables". */
describe("route tables of a transit gateway that the stacks make", () => {
  test("join its VPCs by the default one, and by those of their own", () => {
    expect(call(worldOf())).toBe("allowed");
    expect(call(worldOf(apart))).toBe("allowed");
  });

  test.each([
    [
      "without the way there",
      without(PROPAGATION, "near"),
      `denied at transit gateway: ${TABLE}.near has no route to 10.9.1.0/24`,
    ],
    [
      "without the way back",
      without(PROPAGATION, "far"),
      `denied at transit gateway: ${TABLE}.far has no route to 10.0.1.0/24`,
    ],
    [
      "that drop a longer range",
      {
        ...apart,
        aws_ec2_transit_gateway_route: {
          hole: { ...table("near"), ...to("10.9.1.0/24"), blackhole: true },
        },
      },
      "denied at transit gateway: aws_ec2_transit_gateway_route.hole drops what goes to 10.9.1.0/24",
    ],
    [
      "that lead to an inspection in between, which the stacks don't make",
      {
        ...apart,
        aws_ec2_transit_gateway_route: {
          inspected: {
            ...table("near"),
            ...to("10.9.1.0/24"),
            transit_gateway_attachment_id: "tgw-attach-1",
          },
        },
      },
      `denied at transit gateway: aws_ec2_transit_gateway_route.inspected leads 10.9.1.0/24 to tgw-attach-1, and not to ${far}`,
    ],
    [
      "with a prefix list, whose ranges only AWS knows",
      {
        ...without(PROPAGATION, "near"),
        aws_ec2_transit_gateway_prefix_list_reference: {
          list: { ...table("near"), ...of(far), prefix_list_id: "pl-1" },
        },
      },
      `undecided at transit gateway: whether a route of ${TABLE}.near leads to 10.9.1.0/24 is not known`,
    ],
  ])("%s", (_, blocks, expected) => {
    expect(call(worldOf(blocks))).toBe(expected);
  });

  test("hold nobody who is associated with none", () => {
    const off = { aws_ec2_transit_gateway: { tgw: { default_route_table_association: "disable" } } };

    expect(call(worldOf(off))).toBe(`denied at transit gateway: ${near} is associated with no route table`);
  });

  test("may take routes of other accounts where the gateway accepts these by itself", () => {
    const open = (accepts: string) => ({
      aws_ec2_transit_gateway: {
        tgw: { default_route_table_propagation: "disable", auto_accept_shared_attachments: accepts },
      },
    });

    expect(call(worldOf(open("disable")))).toMatch(/^denied at transit gateway: .* has no route/);
    expect(call(worldOf(open("enable")))).toMatch(
      /^undecided at transit gateway: attachments of other accounts/,
    );
  });

  test("tell of a range on premises which attachment it is behind, and no more", () => {
    const vpn = {
      ...apart,
      aws_ec2_transit_gateway_route: {
        premises: {
          ...table("near"),
          ...to("10.200.0.0/16"),
          transit_gateway_attachment_id: "tgw-attach-vpn",
        },
      },
    };
    const range = (cidr: string) =>
      told(decideVpc(worldOf(vpn), place("near"), { kind: "range", range: cidr }, 443));

    expect(range("10.200.1.0/24")).toBe(
      "undecided at transit gateway: the route table of tgw-attach-vpn is not in the stacks",
    );
    expect(range("10.201.1.0/24")).toBe(
      `denied at transit gateway: ${TABLE}.near has no route to 10.201.1.0/24`,
    );
  });
});

test("answers need an interface of the gateway in the receiver's zone", () => {
  const elsewhere = worldOf({
    aws_subnet: {
      near: { vpc_id: id("aws_vpc.near"), cidr_block: "10.0.1.0/24", availability_zone: "us-east-1a" },
      far: { vpc_id: id("aws_vpc.far"), cidr_block: "10.9.1.0/24", availability_zone: "us-east-1b" },
      other: { vpc_id: id("aws_vpc.far"), cidr_block: "10.9.2.0/24", availability_zone: "us-east-1a" },
    },
    aws_ec2_transit_gateway_vpc_attachment: {
      near: { ...TGW, vpc_id: id("aws_vpc.near"), subnet_ids: [id("aws_subnet.near")] },
      far: { ...TGW, vpc_id: id("aws_vpc.far"), subnet_ids: [id("aws_subnet.other")] },
    },
  });

  expect(call(elsewhere)).toBe(
    `denied at transit gateway: ${far} has no interface in us-east-1b, where answers come from`,
  );
});

test("a gateway that is given by its id keeps its tables to itself", () => {
  const given = { transit_gateway_id: "tgw-1" };
  const world = worldOf({
    aws_ec2_transit_gateway: {},
    aws_route_table: {
      near: { vpc_id: id("aws_vpc.near"), route: [{ cidr_block: "10.0.0.0/8", ...given }] },
      far: { vpc_id: id("aws_vpc.far"), route: [{ cidr_block: "10.0.0.0/16", ...given }] },
    },
    aws_ec2_transit_gateway_vpc_attachment: {
      near: { ...given, vpc_id: id("aws_vpc.near"), subnet_ids: [id("aws_subnet.near")] },
      far: { ...given, vpc_id: id("aws_vpc.far"), subnet_ids: [id("aws_subnet.far")] },
    },
  });

  expect(call(world)).toMatch(/^undecided at transit gateway: where tgw-1 sends it/);
});

/** Routes of the near table: to the far VPC or parts of it, static or dropped. */
const routes = fc.uniqueArray(
  fc.record({
    cidr: fc.constantFrom("0.0.0.0/0", "10.0.0.0/8", "10.9.0.0/16", "10.9.1.0/24", "10.9.1.128/25"),
    drops: fc.boolean(),
  }),
  { selector: ({ cidr }) => cidr, maxLength: 4 },
);
const withRoutes = (all: readonly { readonly cidr: string; readonly drops: boolean }[]) =>
  call(
    worldOf({
      ...without(PROPAGATION, "near"),
      aws_ec2_transit_gateway_route: Object.fromEntries(
        all.map(({ cidr, drops }, index) => [
          `route${index}`,
          { ...table("near"), ...to(cidr), ...(drops ? { blackhole: true } : of(far)) },
        ]),
      ),
    }),
  );

test("one more route that drops never opens a way, and one to where it goes never closes one", () => {
  fc.assert(
    fc.property(routes, (all) => {
      const part = "10.9.1.64/26";
      const before = withRoutes(all);
      const dropped = withRoutes([...all, { cidr: part, drops: true }]);
      const led = withRoutes([...all, { cidr: part, drops: false }]);
      expect(dropped).not.toBe("allowed");
      expect(before !== "allowed" || led === "allowed").toBe(true);
    }),
    { numRuns: 60 },
  );
});
