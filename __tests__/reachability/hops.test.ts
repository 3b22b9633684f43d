import fs from "node:fs";
import path from "node:path";
import { hopKinds } from "../../src/reachability/hop";
import { endForms } from "../../src/reachability/path/asked-end";
import { decideVpc } from "../../src/reachability/vpc/decide";
import type { InterfacePlace } from "../../src/reachability/vpc/places";
import { ended, reachOf, sample } from "./support";
import { told, worldWith } from "./vpc/worlds";

const page = fs.readFileSync(path.join(__dirname, "..", "..", "docs", "reachability.md"), "utf8");

/** Cells of the first table below a heading. */
function rowsOf(heading: string): string[][] {
  const section = page.slice(page.indexOf(`\n## ${heading}\n`) + heading.length + 5).split(/\n##+ /)[0] ?? "";
  const [, , ...rows] = section.split("\n").filter((line) => line.startsWith("|"));
  return rows.map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const testOf = (row: readonly string[]) => path.join(__dirname, row.at(-1)?.replaceAll("`", "") ?? "nothing");

describe("the page of reachability", () => {
  const hops = rowsOf("Hops, and what holds them");
  const places = rowsOf("Places");

  test("has every hop that a flow may end at, and no other", () => {
    expect(hops.map(([hop]) => hop).sort()).toEqual([...hopKinds].sort());
  });

  test.each(hops.map((row) => [row[0], row] as const))("names a test that ends at %s", (hop, row) => {
    expect(fs.readFileSync(testOf(row), "utf8")).toContain(`at ${hop}`);
  });

  test("has every form of an end, and no other", () => {
    const forms = places.map(([form = ""]) => form.replaceAll("`", "")).filter((form) => form !== "no end");

    expect(forms.sort()).toEqual(Object.keys(endForms).sort());
  });

  test.each(places.map((row) => [row[0], row] as const))("names a test of %s", (_, row) => {
    expect(fs.existsSync(testOf(row))).toBe(true);
  });
});

const vpc = { vpc_id: "${aws_vpc.vpc.id}" };
const place = (name: string): InterfacePlace => ({
  kind: "node",
  target: "test",
  name,
  subnets: [`test-network/aws_subnet.${name}`],
  securityGroups: ["test-network/aws_security_group.group"],
});

/** Two subnets of one VPC, and what is done to it. */
function worldOf(more: Parameters<typeof worldWith>[0]) {
  const open = {
    security_group_id: "${aws_security_group.group.id}",
    ip_protocol: "-1",
    cidr_ipv4: "0.0.0.0/0",
  };
  return worldWith({
    aws_vpc: { vpc: { cidr_block: "10.0.0.0/16" } },
    aws_subnet: {
      one: { ...vpc, cidr_block: "10.0.1.0/24", availability_zone: "us-east-1a" },
      other: { ...vpc, cidr_block: "10.0.2.0/24", availability_zone: "us-east-1a" },
    },
    aws_route_table: { one: vpc },
    aws_route_table_association: {
      one: { route_table_id: "${aws_route_table.one.id}", subnet_id: "${aws_subnet.one.id}" },
    },
    aws_security_group: { group: vpc },
    aws_vpc_security_group_egress_rule: { all: open },
    aws_vpc_security_group_ingress_rule: { all: open },
    ...more,
  });
}

test("an ACL that lets nothing into the receiver's subnet is where a flow ends, at network ACL in", () => {
  const entry = (action: string, from: number, to: number) => ({
    action,
    rule_no: from === 443 ? 1 : 2,
    protocol: "-1",
    cidr_block: "0.0.0.0/0",
    from_port: 0,
    to_port: 0,
    ...(from === 443 && { protocol: "6", from_port: from, to_port: to }),
  });
  const world = worldOf({
    aws_network_acl: {
      closed: {
        ...vpc,
        subnet_ids: ["${aws_subnet.other.id}"],
        ingress: [entry("deny", 443, 443), entry("allow", 0, 0)],
        egress: [entry("allow", 0, 0)],
      },
    },
  });

  expect(told(decideVpc(world, place("one"), place("other"), 443))).toBe(
    "denied at network ACL in: aws_network_acl.closed stops tcp 443 from 10.0.1.0/24",
  );
  expect(told(decideVpc(world, place("one"), place("other"), 8443))).toBe("allowed");
});

test("a NAT gateway that no stack makes leaves it undecided, at nat", () => {
  const world = worldOf({
    aws_route: {
      out: {
        route_table_id: "${aws_route_table.one.id}",
        destination_cidr_block: "0.0.0.0/0",
        nat_gateway_id: "nat-1",
      },
    },
  });

  expect(told(decideVpc(world, place("one"), { kind: "range", range: "198.51.100.0/24" }, 443))).toBe(
    "undecided at nat: nat-1 is not in the stacks",
  );
});

test("a table of a gateway endpoint leads there, told at endpoint, and nowhere without it", () => {
  const worldWithTables = (tables: readonly string[]) =>
    worldOf({
      aws_vpc_endpoint: {
        s3: {
          ...vpc,
          vpc_endpoint_type: "Gateway",
          service_name: "com.amazonaws.us-east-1.s3",
          route_table_ids: tables,
        },
      },
    });
  const call = (tables: readonly string[]) =>
    decideVpc(
      worldWithTables(tables),
      place("one"),
      { kind: "name", name: "s3.us-east-1.amazonaws.com" },
      443,
    );

  expect(call(["${aws_route_table.one.id}"]).find(({ at }) => at === "endpoint")?.says).toBe(
    "aws_route_table.one leads to s3.us-east-1.amazonaws.com by aws_vpc_endpoint.s3",
  );
  expect(told(call([]))).toBe("denied at route out: aws_route_table.one has no route to the internet");
});

test("who calls from nobody knows where is undecided, at source address", () => {
  const withoutTags = reachOf(sample("prod/us-east-1"), (all) =>
    all.map((each) =>
      each.type === "aws_subnet" ? { ...each, attributes: { ...each.attributes, tags: {} } } : each,
    ),
  );
  const found = ended(withoutTags.judged.filter(({ need }) => need.from.kind === "load-balancer"));

  expect(found[0]).toMatch(
    /undecided at source address: where internal load balancers is can't be read from these stacks$/,
  );
});
