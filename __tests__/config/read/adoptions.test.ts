import { readFleet } from "../../../src/fleet/load-fleet";
import { addTargetStacks } from "../../../src/stacks/target-stacks";
import { aFolder, BASE_YAML } from "../../support/fixtures";
import { Testing } from "cdktf";
import { synthTarget } from "../../support/synth";

function read(adopt: string, name = "us-east-1.adopt.yaml") {
  const dir = aFolder({ "dev/us-east-1.yaml": BASE_YAML, [`dev/${name}`]: adopt });
  const { fleet, problems } = readFleet(dir);
  return {
    target: fleet.targets[0],
    told: problems.map(({ line, path, value, message }) =>
      [line, path, value ?? "", message].filter((part) => part !== "").join(" "),
    ),
  };
}

const VPC = "module.network_vpc.aws_vpc.this[0]";

test("what a target takes over becomes import blocks of the stack, in order of addresses", () => {
  const { target, told } = read(`
network:
  imports:
    ${VPC}: vpc-1
    aws_subnet.network_nodes-us-east-1a: subnet-1
`);

  expect(told).toEqual([]);
  const { network, cluster } = synthTarget(target!);
  expect(JSON.parse(network)).toMatchObject({
    import: [
      { to: "aws_subnet.network_nodes-us-east-1a", id: "subnet-1" },
      { to: VPC, id: "vpc-1" },
    ],
  });
  expect(JSON.parse(cluster)).not.toHaveProperty("import");
});

test("an address that the stack does not have is refused by name, not left to Terraform", () => {
  const { target } = read(
    "network: { imports: { aws_subnet.gone: subnet-1, aws_vpc_dhcp_options.none: dopt-1 } }",
  );

  expect(() => addTargetStacks(Testing.app(), target!)).toThrow(
    "dev/us-east-1: network takes over aws_subnet.gone, aws_vpc_dhcp_options.none, and has no such addresses",
  );
});

test.each([
  [
    "a stack that the target lacks",
    "netwerk: {}",
    /^1 netwerk .*dev\/us-east-1 has no such stack; must be one of network, cluster/,
  ],
  [
    "an unknown key",
    "network: { import: {} }",
    "1 network.import is not a known key; must be one of imports, changes, creates, replaces",
  ],
  [
    "no address",
    "network: { imports: { vpc: vpc-1 } }",
    "1 network.imports.vpc vpc-1 must be the address of a resource, such as module.vpc.aws_vpc.this[0]",
  ],
  ["a data source", "network: { imports: { data.aws_vpc.a: vpc-1 } }", /must be the address of a resource/],
  [
    "an empty id",
    `network: { imports: { aws_vpc.a: "" } }`,
    '1 network.imports."aws_vpc.a" must not be empty; remove it',
  ],
  ["no text", "network: { imports: { aws_vpc.a: [1] } }", '1 network.imports."aws_vpc.a" must be text'],
  ["a template", "network: { imports: { aws_vpc.a: '${file(\"x\")}' } }", /must not hold a template/],
  [
    "a list of nothing",
    "network: { changes: { aws_vpc.a: [] } }",
    '1 network.changes."aws_vpc.a" must not be empty; remove it',
  ],
  [
    "one thing twice",
    "network: { imports: { aws_subnet.a: subnet-1, module.b.aws_subnet.c: subnet-1 } }",
    /is imported as aws_subnet.a already, and what exists has one owner; remove one/,
  ],
  [
    "taken over and made",
    "network: { imports: { aws_vpc.a: vpc-1 }, creates: [aws_vpc.a] }",
    /is imported, so it is not created; remove one of the two/,
  ],
  ["no map", "network: 1", "1 network 1 must be a map"],
])("%s is one problem with its place", (_, adopt, expected) => {
  const { told } = read(adopt);
  expect(told).toHaveLength(1);
  if (typeof expected === "string") expect(told[0]).toBe(expected);
  else expect(told[0]).toMatch(expected);
});

test("one id may be that of two types: the default route table is imported by its VPC", () => {
  const both = `network: { imports: { ${VPC.replace(/\[0\]/, "")}: vpc-1, module.network_vpc.aws_default_route_table.default: vpc-1 } }`;
  expect(read(both).told).toEqual([]);
});

test("a file of a region that is no target is told", () => {
  const { told } = read("network: {}", "us-west-2.adopt.yaml");
  expect(told).toEqual([
    "1 says what dev/us-west-2 takes over, and there is no such target; add us-west-2.yaml, or remove the file",
  ]);
});
