import { parseCidr } from "../../src/ip-capacity/cidr";
import { aTarget } from "../support/fixtures";
import { type Block, parsed, resource, resourcesOf, synthTarget, synthYaml } from "../support/synth";

const network = (yaml = "") => synthYaml(yaml).network;
const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];

// A second wall, by subnet, where a security group is too wide by mistake.
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
    const json = synthTarget(target.with({ peers: [aTarget("network: { vpcCidr: 10.1.0.0/16 }")] })).network;

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

// The attachment and its routes are the VPC's, so they are in the network stack.
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

// S3 with Athena for years of records; CloudWatch for alarms.
describe("flow logs to S3", () => {
  const json = network("network: { flowLogs: { kind: s3 } }");

  test("stay a year in a bucket of the target's own", () => {
    expect(resource(json, "aws_flow_log")).toMatchObject({ log_destination_type: "s3" });
    const { rule } = resource(json, "aws_s3_bucket_lifecycle_configuration", "flow-logs_logs_lifecycle");
    expect(rule).toMatchObject([{ expiration: [{ days: 365 }] }]);
  });

  test("are asked by Athena, which knows the subnets and the NAT gateways", () => {
    const queries = resourcesOf(json, "aws_athena_named_query");

    expect(String(queries["flow-log-analysis_top-talkers-across-zones"]?.query)).toContain(
      // 10.0.64.0/18 is the zone's block; its nodes have 10.0.80.0/20.
      `('us-east-1b', 'nodes', ${parseCidr("10.0.80.0/20").base}, ${parseCidr("10.0.96.0/20").base - 1})`,
    );
    expect(String(queries["flow-log-analysis_nat-bytes-by-source"]?.query)).toContain(
      "'${aws_nat_gateway.network_nat_us-east-1a.network_interface_id}'",
    );
  });

  test("without a NAT gateway have no question about one", () => {
    const isolated = network(`
images: { mirror: registry.corp }
network: { egress: { kind: none }, endpoints: { set: isolated }, flowLogs: { kind: s3 } }`);

    expect(Object.keys(resourcesOf(isolated, "aws_athena_named_query"))).toEqual([
      "flow-log-analysis_flows-of-a-pod",
      "flow-log-analysis_rejected-flows",
      "flow-log-analysis_top-talkers-across-zones",
    ]);
  });

  test("go to an existing bucket, and are asked there", () => {
    const given = network("network: { flowLogs: { kind: s3, bucket: acme-log-archive } }");

    expect(resource(given, "aws_flow_log").log_destination).toBe("arn:aws:s3:::acme-log-archive");
    expect(JSON.stringify(resource(given, "aws_glue_catalog_table").parameters)).toContain(
      "s3://acme-log-archive/AWSLogs/",
    );
  });

  test("are only stored where nobody wants Athena", () => {
    const stored = network("network: { flowLogs: { kind: s3, athena: false } }");

    expect(resourcesOf(stored, "aws_athena_workgroup")).toEqual({});
  });
});

// Names of networks on premises resolve inside the VPC, and names of the VPC there.
describe("DNS", () => {
  const json = network(`
network:
  dns:
    privateZones: [prod.acme.internal]
    forward: { corp.internal: [10.200.0.2] }
    resolverInbound: true
  connections: { onPremises: { cidrs: [10.200.0.0/14] } }`);

  test("logs queries by default, and stops only with a reason", () => {
    expect(resource(network(), "aws_cloudwatch_log_group", "query-logs_group").retention_in_days).toBe(90);
    const none = "network: { dns: { queryLogs: { kind: none, reason: the central resolver logs them } } }";
    expect(resourcesOf(network(none), "aws_route53_resolver_query_log_config")).toEqual({});
  });

  test("needs no endpoint and no zone of its own by default", () => {
    expect(resourcesOf(network(), "aws_route53_resolver_endpoint")).toEqual({});
    expect(resourcesOf(network(), "aws_route53_zone")).toEqual({});
  });

  test("has its endpoints in the nodes' subnet of each zone", () => {
    const subnets = zones.map((zone) => ({ subnet_id: `\${aws_subnet.network_nodes-${zone}.id}` }));

    for (const direction of ["inbound", "outbound"]) {
      const endpoint = resource(json, "aws_route53_resolver_endpoint", `resolver-${direction}_endpoint`);
      expect(endpoint.ip_address).toEqual(subnets);
    }
  });

  test("publishes zones, and the addresses that servers on premises forward to", () => {
    const output = parsed(json).output ?? {};

    expect(output.private_zone_ids?.value).toEqual({
      "prod.acme.internal": "${aws_route53_zone.private-zones_prod_acme_internal.zone_id}",
    });
    expect(output.resolver_inbound_ips?.value).toBe(
      "${sort([for each in aws_route53_resolver_endpoint.resolver-inbound_endpoint.ip_address : each.ip])}",
    );
  });

  test("of the cluster is CoreDNS, as configured", () => {
    const { nodes } = synthYaml(
      "network: { dns: { coreDns: { replicas: { min: 4, max: 9 }, stubZones: { internal.corp: [10.0.0.2] } } } }",
    );
    const addon = resource(nodes, "aws_eks_addon", "coredns_addon");

    const configuration = JSON.parse(String(addon.configuration_values)) as Block;
    expect(configuration.autoScaling).toEqual({ enabled: true, minReplicas: 4, maxReplicas: 9 });
    expect(configuration.corefile).toContain("internal.corp:53 {\n    errors\n");
  });
});
