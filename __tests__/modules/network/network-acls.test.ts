import { baselineRules } from "../../../src/network-acls/baseline";
import { NetworkAcls } from "../../../src/modules/network/network-acls";
import { type Block, resource, resourcesOf, synthConstruct } from "../../support/synth";

const rules = baselineRules("nodes", {
  internal: [
    { family: "ipv4", cidr: "10.0.0.0/16" },
    { family: "ipv6", cidr: "2001:db8::/56" },
  ],
  own: [],
  ipv6: false,
  ingressPorts: [],
  egressPorts: [],
});
const json = synthConstruct((scope) => {
  new NetworkAcls(scope, "network-acls", {
    name: "dev-us-east-1",
    vpcId: "vpc-1",
    acls: {
      nodes: { rules, subnetIds: ["subnet-a", "subnet-b"] },
      public: { rules: { ingress: [], egress: [] }, subnetIds: ["subnet-c"] },
    },
  });
});
const acl = resource(json, "aws_network_acl", "network-acls_nodes");
const entries = (direction: "ingress" | "egress") => acl[direction] as readonly Block[];

test("each kind of subnet has its own, over all its zones", () => {
  expect(Object.keys(resourcesOf(json, "aws_network_acl"))).toEqual([
    "network-acls_nodes",
    "network-acls_public",
  ]);
  expect(acl).toMatchObject({
    vpc_id: "vpc-1",
    subnet_ids: ["subnet-a", "subnet-b"],
    tags: { Name: "dev-us-east-1-nodes" },
  });
});

test("rules are written as AWS reads them, every one", () => {
  expect(entries("ingress")).toHaveLength(rules.ingress.length);
  expect(entries("egress")).toHaveLength(rules.egress.length);
  expect(entries("ingress")[0]).toMatchObject({
    rule_no: 100,
    action: "allow",
    protocol: "-1",
    cidr_block: "10.0.0.0/16",
    from_port: 0,
    to_port: 0,
  });
  expect(entries("ingress")[2]).toMatchObject({
    protocol: "6",
    cidr_block: "0.0.0.0/0",
    from_port: 80,
    to_port: 80,
  });
  expect(entries("egress")).toContainEqual(
    expect.objectContaining({ protocol: "17", from_port: 123, to_port: 123 }),
  );
});

test("an IPv6 range is named as one", () => {
  expect(entries("ingress")[1]).toMatchObject({ ipv6_cidr_block: "2001:db8::/56" });
  expect(entries("ingress")[1]?.cidr_block ?? null).toBeNull();
});

test("ICMP has a type, and every code of it", () => {
  expect(entries("ingress")).toContainEqual(
    expect.objectContaining({ protocol: "1", icmp_type: 3, icmp_code: -1 }),
  );
});
