import { EXISTING_NETWORK } from "../../support/existing-network";
import { problemsIn } from "../../support/problems";

const AT = "envs/dev/us-east-1.yaml";

test("a VPC of somebody else's with ids and ranges of its subnets is accepted", () => {
  expect(problemsIn(EXISTING_NETWORK)).toEqual([]);
});

test.each<[string, readonly [string, string], string]>([
  [
    "a zone without a subnet's id",
    [", us-east-1c: subnet-0b000003", ""],
    `${AT}:10:7  network.existing.subnets.nodes  has no subnet for us-east-1c; add us-east-1c: <subnet's id>`,
  ],
  [
    "a zone without a route table",
    [", us-east-1c: rtb-0a000002", ""],
    `${AT}:13:7  network.existing.routeTables.nodes  has no route table for us-east-1c; add us-east-1c: <route table's id>`,
  ],
  [
    "a route table of a zone that the target has not",
    ["us-east-1c: rtb-0a000002", "us-east-1c: rtb-0a000002, us-east-1f: rtb-0a000003"],
    "network.existing.routeTables.nodes.us-east-1f: rtb-0a000003  is for a zone that network.zones does not name; add us-east-1f there or remove this line",
  ],
  [
    "one subnet of two tiers",
    ["us-east-1a: subnet-0c000001", "us-east-1a: subnet-0b000001"],
    `${AT}:11:35  network.existing.subnets.controlPlane.us-east-1a: subnet-0b000001  is nodes in us-east-1a, too; write a subnet of its own: each tier has its tags and room`,
  ],
  [
    "an id of something else",
    ["us-east-1a: subnet-0c000001", "us-east-1a: vpc-0c000001"],
    `${AT}:11:35  network.existing.subnets.controlPlane.us-east-1a: vpc-0c000001  is not a subnet's id; write for example subnet-0a1b2c3d4e5f60718`,
  ],
  [
    "subnets of a control plane that is in the nodes'",
    [
      "controlPlane: { cidrs: { us-east-1a: 10.20.4.0/28, us-east-1b: 10.20.4.16/28, us-east-1c: 10.20.4.32/28 } }",
      "controlPlane: { in: nodes, reason: no room for others }",
    ],
    `network.existing.subnets.controlPlane  is not used: the control plane's interfaces are in the subnets of nodes; remove it, or write network.subnets.controlPlane: { cidrs: { <zone>: <range> } }`,
  ],
  [
    "no route table of the control plane's own subnets",
    ["      controlPlane: rtb-0a000004\n", ""],
    "network.existing.routeTables  has none for the control plane; write controlPlane: <route table's id>",
  ],
  [
    "subnets laid out by prefix",
    [
      "controlPlane: { cidrs: { us-east-1a: 10.20.4.0/28, us-east-1b: 10.20.4.16/28, us-east-1c: 10.20.4.32/28 } }",
      "controlPlane: { prefix: 28 }",
    ],
    `${AT}:6:5  network.subnets.controlPlane  is laid out by prefix, and subnets of an existing VPC have the ranges that they have; write controlPlane: { cidrs: { <zone>: <range> } }`,
  ],
  [
    "ranges of a tier without ids",
    [
      "  existing:",
      "    public: { cidrs: { us-east-1a: 10.20.0.0/24, us-east-1b: 10.20.1.0/24, us-east-1c: 10.20.2.0/24 } }\n  existing:",
    ],
    `${AT}:7:5  network.subnets.public  has ranges, and network.existing.subnets has no ids for it; add public: { <zone>: subnet-... } there, or remove this`,
  ],
  [
    "a firewall of the platform's own",
    ["  networkAcls", "  egress: { kind: firewall, domains: [.example.com] }\n  networkAcls"],
    `${AT}:15:19  network.egress.kind: firewall  would put routes and subnets of its own into a VPC of somebody else's; write nat-per-zone where the VPC's own routes lead out, proxy or none`,
  ],
  [
    "network ACLs of the platform's own",
    ["  networkAcls: { kind: none, reason: network ACLs come from the landing zone }\n", ""],
    `${AT}:1:1  network.networkAcls  would take the subnets of an existing VPC out of the ACLs that its owner gave them; write networkAcls: { kind: none, reason }`,
  ],
])("refuses %s", (_of, [from, to], line) => {
  expect(EXISTING_NETWORK).toContain(from);
  expect(problemsIn(EXISTING_NETWORK.replace(from, to))).toContainEqual(expect.stringContaining(line));
});
