import { Ec2TransitGatewayVpcAttachment } from "@cdktf/provider-aws/lib/ec2-transit-gateway-vpc-attachment";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { NetworkfirewallFirewall } from "@cdktf/provider-aws/lib/networkfirewall-firewall";
import "cdktf/lib/testing/adapters/jest";
import { type Block, moduleInputs, parsed, releaseValues, resourcesOf, synthYaml } from "../support/synth";

const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];
const FIREWALL = `
account: { organizationId: o-a1b2c3d4e5 }
network:
  subnets: { pods: { prefix: 19 } }
  egress: { kind: firewall, domains: [.quay.io] }`;
const TRANSIT_GATEWAY = `
network:
  egress: { kind: transit-gateway, transitGatewayId: tgw-0a1b2c3d4e5f60718, publicAddresses: [203.0.113.10] }`;
const PROXY = `
network:
  egress: { kind: proxy, httpsProxy: "http://proxy.corp.example:3128", noProxy: [.corp.example] }
  connections: { onPremises: { cidrs: [10.200.0.0/14] } }
cni: { kind: cilium-overlay, podCidr: 100.64.0.0/11 }
nodes:
  other: { instanceTypes: [m7i.large], size: { min: 1, max: 3 }, ami: bottlerocket }`;

/** Where each route table leads: destination to target, without the parts that all share. */
function routesOf(json: string, table: string): Record<string, string> {
  const routes = Object.values(resourcesOf(json, "aws_route")).filter(
    ({ route_table_id }) => route_table_id === `\${aws_route_table.network_routes-${table}.id}`,
  );
  return Object.fromEntries(routes.map((route) => [String(route.destination_cidr_block), target(route)]));
}

function target(route: Block): string {
  const text = JSON.stringify(route);
  const endpoint = /availability_zone == \\"([^"\\]+)/.exec(text)?.[1];
  if (endpoint !== undefined) return `firewall ${endpoint}`;
  const nat = /aws_nat_gateway\.network_nat_([^.]+)/.exec(text)?.[1];
  if (nat !== undefined) return `nat ${nat}`;
  return /"transit_gateway_id":"([^"]+)"/.exec(text)?.[1] ?? "internet";
}

function cidrOf(json: string, tier: string, zone: string): string {
  return String(resourcesOf(json, "aws_subnet")[`network_${tier}-${zone}`]?.cidr_block);
}

function policies(json: string): unknown[] {
  const endpoints = moduleInputs(json, "endpoints_endpoints").endpoints as Record<string, Block>;
  return Object.values(endpoints).map(({ policy }) => policy);
}

const output = (json: string, name: string) => parsed(json).output?.[name]?.value;

// Network Firewall Developer Guide: routes lead through the endpoint of the same zone both ways, or it sees half of a
// connection.
describe("a firewall", () => {
  const json = synthYaml(FIREWALL).network;

  test("has a subnet in each zone, too small for anything else", () => {
    expect(json).toHaveResource(NetworkfirewallFirewall);
    expect(zones.map((zone) => cidrOf(json, "firewall", zone).split("/")[1])).toEqual(["28", "28", "28"]);
  });

  test.each(zones)("workloads of %s have no NAT gateway, and leave by their zone's endpoint", (zone) => {
    const routes = routesOf(json, `private-${zone}`);

    expect(routes["0.0.0.0/0"]).toBe(`firewall ${zone}`);
    expect(Object.values(routes).filter((to) => to.startsWith("nat"))).toEqual([]);
  });

  test.each(zones)("behind it is the NAT gateway of %s", (zone) => {
    expect(routesOf(json, `firewall-${zone}`)).toEqual({ "0.0.0.0/0": `nat ${zone}` });
  });

  test.each(zones)(
    "answers to workloads of %s come back through the endpoint that saw the request",
    (zone) => {
      const back = routesOf(json, "public");

      for (const tier of ["nodes", "pods"]) expect(back[cidrOf(json, tier, zone)]).toBe(`firewall ${zone}`);
    },
  );

  // A firewall that sees one direction only stops the flow: also between load balancers and pods of another zone.
  test("every flow between public and workload subnets has the same endpoint in both directions", () => {
    const pairs = zones.flatMap((publicZone) => zones.map((zone) => [publicZone, zone] as const));

    for (const [publicZone, zone] of pairs) {
      const there = routesOf(json, "public")[cidrOf(json, "nodes", zone)];
      const back = routesOf(json, `private-${zone}`)[cidrOf(json, "public", publicZone)];
      expect([publicZone, zone, back]).toEqual([publicZone, zone, there]);
    }
  });

  test("the control plane stays out of it", () => {
    expect(routesOf(json, "control-plane")).toEqual({});
  });

  test("own Elastic IPs stand behind it, and are told to partners", () => {
    const ips = "{ us-east-1a: eipalloc-0a, us-east-1b: eipalloc-0b, us-east-1c: eipalloc-0c }";
    const own = synthYaml(FIREWALL.replace("[.quay.io]", `[.quay.io], elasticIps: ${ips}`)).network;

    expect(own).toHaveResourceWithProperties(NatGateway, { allocation_id: "eipalloc-0b" });
    expect(output(own, "egress_allocation_ids")).toEqual({
      "us-east-1a": "eipalloc-0a",
      "us-east-1b": "eipalloc-0b",
      "us-east-1c": "eipalloc-0c",
    });
    expect(output(own, "egress_addresses")).toEqual(
      zones.map((zone) => `\${aws_nat_gateway.network_nat_${zone}.public_ip}`),
    );
  });

  test("can't be deleted in production", () => {
    const protection = (environment: string) =>
      Object.values(
        resourcesOf(synthYaml(FIREWALL, { environment }).network, "aws_networkfirewall_firewall"),
      ).map(({ delete_protection }) => delete_protection);

    expect([protection("prod"), protection("dev")]).toEqual([[true], [false]]);
  });
});

describe("a transit gateway", () => {
  const json = synthYaml(TRANSIT_GATEWAY).network;

  test("is the way out of every zone's workloads", () => {
    expect(zones.map((zone) => routesOf(json, `private-${zone}`))).toEqual(
      zones.map(() => ({ "0.0.0.0/0": "tgw-0a1b2c3d4e5f60718" })),
    );
  });

  test("is attached in subnets of its own, whose table leads nowhere else", () => {
    expect(json).toHaveResourceWithProperties(Ec2TransitGatewayVpcAttachment, {
      transit_gateway_id: "tgw-0a1b2c3d4e5f60718",
      subnet_ids: zones.map((zone) => `\${aws_subnet.network_transitGateway-${zone}.id}`),
    });
    expect(routesOf(json, "transit-gateway")).toEqual({});
  });

  test("leaves no internet gateway, NAT gateway and public subnet here", () => {
    expect(json).not.toHaveResource(InternetGateway);
    expect(json).not.toHaveResource(NatGateway);
    expect(Object.keys(resourcesOf(json, "aws_subnet")).filter((name) => name.includes("public"))).toEqual(
      [],
    );
  });

  test("publishes the addresses that its owner told", () => {
    expect(output(json, "egress_addresses")).toEqual(["203.0.113.10"]);
    expect(output(json, "nat_public_ips")).toBe("${tolist([])}");
    expect(output(json, "egress_allocation_ids")).toBe("${tomap({})}");
  });

  test("stands beside public subnets for load balancers where those are asked for", () => {
    const withPublic = synthYaml(`${TRANSIT_GATEWAY}\n  subnets: { public: { prefix: 24 } }`).network;

    expect(withPublic).toHaveResource(InternetGateway);
    expect(withPublic).not.toHaveResource(NatGateway);
    expect(routesOf(withPublic, "private-us-east-1a")).toEqual({ "0.0.0.0/0": "tgw-0a1b2c3d4e5f60718" });
  });
});

describe("a proxy", () => {
  const stacks = synthYaml(PROXY);

  test("leaves no route out of the VPC at all", () => {
    expect(resourcesOf(stacks.network, "aws_route")).toEqual({});
  });

  test("is told to AL2023 nodes before their own configuration", () => {
    const parts = moduleInputs(stacks.nodes, "main_group").cloudinit_pre_nodeadm as Block[];

    expect(parts.map(({ content_type }) => content_type)).toEqual([
      'text/cloud-boothook; charset="us-ascii"',
      "application/node.eks.aws",
    ]);
    expect(parts[0]?.content).toContain('"HTTPS_PROXY=http://proxy.corp.example:3128"');
  });

  test("is told to Bottlerocket nodes in their settings", () => {
    const settings = String(moduleInputs(stacks.nodes, "other_group").bootstrap_extra_args);

    expect(settings).toContain('[settings.kubernetes]\n"max-pods"');
    expect(settings).toContain('[settings.network]\n"https-proxy" = "http://proxy.corp.example:3128"');
  });

  test("is told to pods by a ConfigMap, which spares VPC, cluster, connected networks and endpoints", () => {
    const { manifests } = releaseValues(stacks.cni, "egress-proxy_helm_release") as {
      manifests: Record<string, { data: Record<string, string> }>;
    };

    const spared = manifests.default?.data.NO_PROXY?.split(",");
    expect(Object.keys(manifests)).toEqual(["kube-system", "default"]);
    expect(spared).toEqual(
      expect.arrayContaining([
        ...["10.0.0.0/16", "172.20.0.0/16", "100.64.0.0/11", "10.200.0.0/14"],
        ...["sts.us-east-1.amazonaws.com", ".svc", ".corp.example"],
      ]),
    );
  });

  test("is nowhere in a target that has none", () => {
    const plain = synthYaml();

    expect(plain.nodes).not.toContain("HTTPS_PROXY");
    expect(plain.cni).not.toContain("egress-proxy");
  });
});

describe("endpoint policies", () => {
  test.each([
    ["firewall", FIREWALL],
    ["transit gateway", TRANSIT_GATEWAY],
    ["proxy", PROXY],
    [
      "no way out",
      "images: { mirror: registry.corp }\nnetwork: { egress: { kind: none }, endpoints: { set: isolated } }",
    ],
  ])("are on every endpoint with %s", (_kind, yaml) => {
    const all = policies(synthYaml(yaml).network);

    expect(all.length).toBeGreaterThan(10);
    expect(all.filter((policy) => !String(policy).includes('"aws:PrincipalAccount":"111122223333"'))).toEqual(
      [],
    );
  });

  test("name the organization that the account is in", () => {
    expect(policies(synthYaml(FIREWALL).network)[0]).toContain('"aws:PrincipalOrgID":"o-a1b2c3d4e5"');
  });

  test("are on with NAT when asked for, and off by default", () => {
    const asked = synthYaml("network: { endpoints: { policy: account-and-organization } }").network;

    expect(policies(asked).filter((policy) => policy === undefined)).toEqual([]);
    expect(policies(synthYaml().network).filter((policy) => policy !== undefined)).toEqual([]);
  });

  test("leave out a service that takes none", () => {
    const endpoints = moduleInputs(
      synthYaml("network: { endpoints: { policy: account-and-organization, noPolicy: [eks-auth] } }").network,
      "endpoints_endpoints",
    ).endpoints as Record<string, Block>;

    expect(endpoints["eks-auth"]).not.toHaveProperty("policy");
    expect(endpoints.eks).toHaveProperty("policy");
  });
});

describe("the endpoints' policies of a regulated target", () => {
  const policies = (yaml: string) => {
    const { endpoints } = moduleInputs(synthYaml(yaml).network, "endpoints_endpoints");
    return endpoints as Record<string, { policy: string }>;
  };

  test("let layers of quay.io's and Kubernetes' registry through, and none where a mirror has them", () => {
    const s3 = policies(FIREWALL).s3?.policy;
    const mirrored = policies(
      `${FIREWALL}\nimages: { mirror: 111122223333.dkr.ecr.us-east-1.amazonaws.com }`,
    );

    expect(s3).toContain("arn:aws:s3:::quayio-production-s3/*");
    expect(s3).toContain("arn:aws:s3:::prod-registry-k8s-io-us-east-1/*");
    expect(mirrored.s3?.policy).not.toContain("quayio-production-s3");
  });

  test("let nodes pull Bottlerocket's control container, and a mirror of another account", () => {
    const mirror = "images: { mirror: 999999999999.dkr.ecr.us-east-1.amazonaws.com }";

    expect(policies(FIREWALL).ecr_dkr?.policy).toContain("328549459982");
    expect(policies(`${FIREWALL}\n${mirror}`).ecr_dkr?.policy).toContain("999999999999");
  });

  test("let Terraform's role alone connect networks", () => {
    expect(policies(FIREWALL).ec2?.policy).toContain(
      '"ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::111122223333:role/octarine-deploy"}',
    );
  });
});
