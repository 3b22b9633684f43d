import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import "cdktf/lib/testing/adapters/jest";
import {
  type Block,
  moduleInputs,
  parsed,
  policyIn,
  resource,
  resourcesOf,
  statement,
  synthYaml,
} from "../../support/synth";

const network = (yaml = "") => synthYaml(yaml).network;
const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];

/** CIDR of each subnet by `tier-zone`. */
function cidrs(json: string): Record<string, unknown> {
  const subnets = Object.entries(resourcesOf(json, "aws_subnet"));
  return Object.fromEntries(
    subnets.map(([name, { cidr_block }]) => [name.replace("network_", ""), cidr_block]),
  );
}

function endpoints(json: string): Record<string, Block> {
  return moduleInputs(json, "endpoints_endpoints").endpoints as Record<string, Block>;
}

describe("subnets", () => {
  // What each tier may reach differs, and routes and ACLs are by subnet.
  test("each zone has one for nodes, the public side and the control plane", () => {
    const json = network();

    expect(Object.keys(cidrs(json)).sort()).toEqual(
      ["controlPlane", "nodes", "public"].flatMap((tier) => zones.map((zone) => `${tier}-${zone}`)),
    );
  });

  // Pods in subnets of their own can't use up the addresses of nodes and load balancers.
  test("pods have their own when asked for", () => {
    const json = network("network: { subnets: { pods: { prefix: 19 } } }");

    expect(json).toHaveResourceWithProperties(Subnet, {
      availability_zone: "us-east-1b",
      cidr_block: "10.0.96.0/19",
      tags: { Name: "dev-us-east-1-pods-us-east-1b", "octarine/pods": "dev-us-east-1" },
    });
  });

  // EKS User Guide, prefixes: they need contiguous /28 blocks, which single addresses break up.
  test("of pods have room reserved for prefixes in each zone", () => {
    const json = network("network: { subnets: { pods: { prefix: 19 } } }");
    const reservations = Object.values(resourcesOf(json, "aws_ec2_subnet_cidr_reservation"));

    expect(reservations.map(({ subnet_id, reservation_type }) => [subnet_id, reservation_type])).toEqual(
      zones.map((zone) => [`\${aws_subnet.network_pods-${zone}.id}`, "prefix"]),
    );
    // Without subnets of their own, in the nodes'.
    const shared = Object.values(resourcesOf(network(), "aws_ec2_subnet_cidr_reservation"));
    expect(new Set(shared.map(({ subnet_id }) => subnet_id))).toEqual(
      new Set(zones.map((zone) => `\${aws_subnet.network_nodes-${zone}.id}`)),
    );
  });

  test("have the CIDRs given, and the layout's for tiers that say none", () => {
    const given = "{ us-east-1a: 10.0.250.0/24, us-east-1b: 10.0.251.0/24, us-east-1c: 10.0.252.0/24 }";

    const json = network(`network: { subnets: { nodes: { cidrs: ${given} } } }`);

    expect(cidrs(json)).toMatchObject({
      "nodes-us-east-1a": "10.0.250.0/24",
      "nodes-us-east-1c": "10.0.252.0/24",
      "public-us-east-1a": cidrs(network())["public-us-east-1a"],
    });
  });

  test("of a zone stay when another zone is appended", () => {
    const two = network("network: { zones: [us-east-1a, us-east-1b] }");
    const three = network("network: { zones: [us-east-1a, us-east-1b, us-east-1c] }");

    expect(resourcesOf(three, "aws_subnet")).toMatchObject(resourcesOf(two, "aws_subnet"));
    expect(resourcesOf(three, "aws_route_table")).toMatchObject(resourcesOf(two, "aws_route_table"));
  });

  test("are the same in whatever order zones are written", () => {
    const backwards = network("network: { zones: [us-east-1c, us-east-1a, us-east-1b] }");

    expect(backwards).toBe(network());
  });

  // VPC User Guide, subnet sizing: /28 is the least that AWS takes. EKS User Guide, network requirements: six
  // addresses in each for the control plane's interfaces, and 16 recommended.
  test("of the control plane are /28", () => {
    const json = network();

    expect(zones.map((zone) => String(cidrs(json)[`controlPlane-${zone}`]).split("/")[1])).toEqual([
      "28",
      "28",
      "28",
    ]);
  });

  test("carry the cluster's name in their tags, also where it is not the workspace's", () => {
    const json = network("cluster: { name: shop }");

    const { tags } = resource(json, "aws_subnet", "network_nodes-us-east-1a");
    expect(tags).toMatchObject({ "kubernetes.io/cluster/shop": "shared", "karpenter.sh/discovery": "shop" });
  });
});

describe("egress", () => {
  // VPC User Guide, NAT gateways: a gateway shared by zones takes them all down with its own.
  test("is a NAT gateway in each zone by default", () => {
    expect(Object.keys(resourcesOf(network(), "aws_nat_gateway"))).toEqual(
      zones.map((zone) => `network_nat_${zone}`),
    );
  });

  test("by a single NAT gateway has every zone's route through it", () => {
    const json = network("network: { egress: { kind: nat-single } }");

    expect(Object.keys(resourcesOf(json, "aws_nat_gateway"))).toEqual(["network_nat_us-east-1a"]);
    const routes = zones.map(
      (zone) => resource(json, "aws_route", `network_private-nat-${zone}`).nat_gateway_id,
    );
    expect(new Set(routes)).toEqual(new Set(["${aws_nat_gateway.network_nat_us-east-1a.id}"]));
  });

  // Partners put these addresses on their allow-lists, so they must outlive a rebuilt gateway.
  test("by own Elastic IPs uses them, and makes none", () => {
    const ips = "{ us-east-1a: eipalloc-0a, us-east-1b: eipalloc-0b, us-east-1c: eipalloc-0c }";

    const json = network(`network: { egress: { kind: nat-per-zone, elasticIps: ${ips} } }`);

    expect(json).toHaveResourceWithProperties(NatGateway, { allocation_id: "eipalloc-0b" });
    expect(json).not.toHaveResource(Eip);
  });

  test("addresses are published for partners", () => {
    expect(parsed(network()).output?.nat_public_ips?.value).toEqual(
      zones.map((zone) => `\${aws_nat_gateway.network_nat_${zone}.public_ip}`),
    );
  });
});

// A regulated network: what leaves goes through something that the company controls.
describe("a regulated target", () => {
  const json = network(`
images: { mirror: 111122223333.dkr.ecr.us-east-1.amazonaws.com }
network: { egress: { kind: none }, endpoints: { set: isolated } }`);

  test("has no NAT gateway, no internet gateway and no public subnet", () => {
    expect(json).not.toHaveResource(NatGateway);
    expect(json).not.toHaveResource(InternetGateway);
    expect(Object.keys(cidrs(json)).filter((name) => name.startsWith("public"))).toEqual([]);
  });

  test("has no route of its own at all, so no default route", () => {
    expect(resourcesOf(json, "aws_route")).toEqual({});
    expect(Object.values(resourcesOf(json, "aws_route_table")).filter((table) => "route" in table)).toEqual(
      [],
    );
  });

  test("has no public address", () => {
    expect(json).not.toHaveResource(Eip);
    expect(json).not.toContain('"map_public_ip_on_launch": true');
  });

  test("reaches AWS by the endpoints that it would otherwise reach by NAT", () => {
    expect(Object.keys(endpoints(json))).toEqual(
      expect.arrayContaining(["monitoring", "sts", "ecr_api", "s3"]),
    );
  });
});

describe("endpoints", () => {
  // EKS User Guide, private clusters, and what the platform's controllers call: at least these, and S3's gateway.
  test("of the standard set", () => {
    const services = Object.values(endpoints(network())).map(({ service_endpoint }) =>
      String(service_endpoint),
    );

    const needed = [
      ...["ecr.api", "ecr.dkr", "sts", "ec2", "eks", "eks-auth", "logs", "ssm", "ssmmessages", "ec2messages"],
      ...["elasticloadbalancing", "autoscaling", "sqs", "kms", "secretsmanager", "s3"],
    ];
    expect(services).toEqual(expect.arrayContaining(needed.map((name) => `com.amazonaws.us-east-1.${name}`)));
  });

  test("of further services are added by name", () => {
    const json = network("network: { endpoints: { additional: [acm-pca] } }");

    expect(endpoints(json)["acm-pca"]).toMatchObject({ service_endpoint: "com.amazonaws.us-east-1.acm-pca" });
  });

  test("gateway-only leaves S3's, in the tables of nodes, pods and control plane", () => {
    const json = network("network: { endpoints: { set: gateway-only } }");

    expect(Object.keys(endpoints(json))).toEqual(["s3"]);
    expect(endpoints(json).s3?.route_table_ids).toEqual([
      ...zones.map((zone) => `\${aws_route_table.network_routes-private-${zone}.id}`),
      "${aws_route_table.network_routes-control-plane.id}",
    ]);
  });

  test("have an address in the nodes' subnet of each zone", () => {
    expect(moduleInputs(network(), "endpoints_endpoints").subnet_ids).toEqual(
      zones.map((zone) => `\${aws_subnet.network_nodes-${zone}.id}`),
    );
  });
});

describe("flow logs", () => {
  // AWS Security Hub, EC2.6: flow logs should be on in every VPC.
  test("are on, for all traffic, in an encrypted group", () => {
    const json = network();

    expect(json).toHaveResourceWithProperties(FlowLog, { traffic_type: "ALL" });
    expect(json).toHaveResourceWithProperties(CloudwatchLogGroup, {
      retention_in_days: 90,
      kms_key_id: "${aws_kms_key.flow-logs_key_key.arn}",
    });
  });

  test("have a key that the deploy role and the administrators named look after", () => {
    const json = network("account: { keyAdministrators: [SecurityAdmin] }");

    const { Principal } = statement(
      policyIn(resource(json, "aws_kms_key", "flow-logs_key_key")),
      "Administration",
    );
    expect(Principal).toEqual({
      AWS: ["arn:aws:iam::111122223333:role/octarine-deploy", "arn:aws:iam::111122223333:role/SecurityAdmin"],
    });
  });

  test("are off only with a reason", () => {
    const json = network("network: { flowLogs: { kind: none, reason: sandbox for load tests } }");

    expect(json).not.toHaveResource(FlowLog);
  });
});

test("the default security group is closed", () => {
  expect(moduleInputs(network(), "network_vpc")).toMatchObject({
    manage_default_security_group: true,
    default_security_group_ingress: [],
    default_security_group_egress: [],
  });
});

describe("zones where EKS has no control planes", () => {
  const check = (yaml: string, region: string) =>
    (
      (parsed(synthYaml(yaml, { region }).network).data ?? {}) as Readonly<
        Record<string, Readonly<Record<string, Block>>>
      >
    ).aws_availability_zones?.["zone-check_zones"];

  // Amazon EKS User Guide, "View Amazon EKS networking requirements for VPC and subnets".
  test.each([
    ["us-east-1", "use1-az3"],
    ["us-west-1", "usw1-az2"],
    ["ca-central-1", "cac1-az3"],
  ])("stop a plan in %s, whatever the account calls %s", (region, id) => {
    const zones = ["a", "b"].map((letter) => region + letter);
    const data = check(`network: { zones: [${zones.join(", ")}] }`, region);

    expect(data).toMatchObject({
      filter: [{ name: "zone-name", values: zones }],
      lifecycle: {
        postcondition: [
          {
            condition: `\${length(setintersection(self.zone_ids, ["${id}"])) == 0}`,
            error_message: `EKS has no control planes in ${id}, and in this account that is one of ${zones.join(", ")}. "aws ec2 describe-availability-zones" tells which (names differ by account); write others in network.controlPlaneZones (by default network.zones); nodes may be there.`,
          },
        ],
      },
    });
  });

  test("are none in the other regions, so nothing is asked there", () => {
    expect(check("network: { zones: [eu-west-1a, eu-west-1b] }", "eu-west-1")).toBeUndefined();
  });
});
