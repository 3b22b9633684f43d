import { parseCidr } from "../../src/ip-capacity/cidr";
import { aTarget } from "../support/fixtures";
import { type Block, resource, resourcesOf, synthTarget, synthYaml } from "../support/synth";

const network = (yaml = "") => synthYaml(yaml).network;
const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];

// Issue 4: public, node and control-plane subnets.
describe("network ACLs", () => {
  const subnetIds = (json: string, tier: string) =>
    resource(json, "aws_network_acl", `network-acls_${tier}`).subnet_ids;
  const ids = (tier: string) => zones.map((zone) => `\${aws_subnet.network_${tier}-${zone}.id}`);

  test("stand before every subnet by default, pods behind the nodes'", () => {
    const json = network("network: { subnets: { pods: { prefix: 19 } } }");

    expect(subnetIds(json, "public")).toEqual(ids("public"));
    expect(subnetIds(json, "nodes")).toEqual([...ids("nodes"), ...ids("pods")]);
    expect(subnetIds(json, "control-plane")).toEqual(ids("controlPlane"));
  });

  test("are not made for subnets that are not there", () => {
    const json = network(
      "images: { mirror: registry.corp }\nnetwork: { egress: { kind: none }, endpoints: { set: isolated } }",
    );

    expect(Object.keys(resourcesOf(json, "aws_network_acl"))).toEqual([
      "network-acls_control-plane",
      "network-acls_nodes",
    ]);
  });

  test("let in the VPC, what is on premises, a runner that comes from outside, and peers", () => {
    const target = aTarget(`
runner: { reach: peered, cidrs: [10.250.0.0/24] }
network: { connections: { onPremises: { cidrs: [10.200.0.0/14] } } }`);
    const json = synthTarget({ ...target, peerRanges: [parseCidr("10.1.0.0/16")] }).network;

    const { ingress } = resource(json, "aws_network_acl", "network-acls_control-plane");
    expect((ingress as Block[]).map(({ cidr_block }) => cidr_block)).toEqual([
      "10.0.0.0/16",
      "10.1.0.0/16",
      "10.200.0.0/14",
      "10.250.0.0/24",
    ]);
  });

  test("are left out only with a reason", () => {
    const json = network("network: { networkAcls: { kind: none, reason: a firewall appliance does it } }");

    expect(resourcesOf(json, "aws_network_acl")).toEqual({});
  });
});

// Issue 4: transit gateway attachment and on-premises routes in the network stack.
describe("a network on premises", () => {
  const GATEWAY = "tgw-0123456789abcdef0";
  const json = network(
    `network: { connections: { onPremises: { cidrs: [10.200.0.0/14], via: ${GATEWAY} } } }`,
  );

  test("is reached by a transit gateway, from nodes and control plane of each zone", () => {
    expect(resource(json, "aws_ec2_transit_gateway_vpc_attachment")).toMatchObject({
      transit_gateway_id: GATEWAY,
      subnet_ids: zones.map((zone) => `\${aws_subnet.network_nodes-${zone}.id}`),
    });
    const routes = Object.keys(resourcesOf(json, "aws_route")).filter((name) => name.startsWith(GATEWAY));
    expect(routes).toEqual(["control-plane", ...zones].map((table) => `${GATEWAY}_10-200-0-0-14-${table}`));
  });

  test("without a gateway has no route: somebody else's business", () => {
    const without = network("network: { connections: { onPremises: { cidrs: [10.200.0.0/14] } } }");

    expect(resourcesOf(without, "aws_ec2_transit_gateway_vpc_attachment")).toEqual({});
    expect(Object.keys(resourcesOf(without, "aws_route"))).toEqual(
      Object.keys(resourcesOf(network(), "aws_route")),
    );
  });
});
