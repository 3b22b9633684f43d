import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import "cdktf/lib/testing/adapters/jest";
import { endpointSets, interfaceServices } from "../../../src/facts/endpoint-services";
import { VpcEndpoints, type VpcEndpointsProps } from "../../../src/modules/network/vpc-endpoints";
import { type Block, moduleInputs, resourcesOf, synthConstruct } from "../../support/synth";

function synthEndpoints(props: Partial<VpcEndpointsProps> = {}): string {
  return synthConstruct((scope) => {
    new VpcEndpoints(scope, "endpoints", {
      name: "dev-us-east-1",
      region: "us-east-1",
      vpcId: "vpc-1",
      vpcCidrBlocks: ["10.0.0.0/16"],
      subnetIds: ["subnet-a", "subnet-b"],
      routeTableIds: ["rtb-a", "rtb-b"],
      set: "standard",
      additional: [],
      ...props,
    });
  });
}

function endpoints(json: string): Record<string, Block> {
  return moduleInputs(json, "endpoints_endpoints").endpoints as Record<string, Block>;
}

test("S3 has a gateway endpoint in every route table given", () => {
  const json = synthEndpoints();

  expect(endpoints(json).s3).toMatchObject({
    service_type: "Gateway",
    service_endpoint: "com.amazonaws.us-east-1.s3",
    route_table_ids: ["rtb-a", "rtb-b"],
  });
});

test.each(endpointSets)("with %s, S3 has its gateway endpoint", (set) => {
  expect(endpoints(synthEndpoints({ set })).s3).toMatchObject({ service_type: "Gateway" });
});

// By the service's short name alone the module would ask AWS at plan time.
test("every endpoint has the full name of its service", () => {
  const all = Object.entries(endpoints(synthEndpoints({ set: "isolated", additional: ["acm-pca"] })));

  expect(all.length).toBeGreaterThan(interfaceServices("isolated").length);
  for (const [, endpoint] of all) {
    expect(endpoint.service_endpoint).toMatch(/^com\.amazonaws\.us-east-1\.[a-z0-9.-]+$/);
    expect(endpoint).not.toHaveProperty("service");
  }
});

test("interface endpoints answer under the services' own names, in every subnet given", () => {
  const json = synthEndpoints();

  const { s3: _gateway, ...interfaces } = endpoints(json);
  for (const endpoint of Object.values(interfaces)) {
    expect(endpoint).toMatchObject({ service_type: "Interface", private_dns_enabled: true });
  }
  expect(moduleInputs(json, "endpoints_endpoints")).toMatchObject({ subnet_ids: ["subnet-a", "subnet-b"] });
});

test("HTTPS from each range of the VPC, and nothing else, reaches the endpoints", () => {
  const json = synthEndpoints({ vpcCidrBlocks: ["10.0.0.0/16", "100.64.0.0/16"] });

  const rules = Object.values(resourcesOf(json, "aws_vpc_security_group_ingress_rule"));
  expect(rules.map(({ cidr_ipv4 }) => cidr_ipv4)).toEqual(["10.0.0.0/16", "100.64.0.0/16"]);
  expect(rules.every(({ from_port, to_port }) => from_port === 443 && to_port === 443)).toBe(true);
  expect(json).toHaveResourceWithProperties(VpcSecurityGroupIngressRule, { ip_protocol: "tcp" });
  expect(resourcesOf(json, "aws_security_group")["endpoints_security-group"]).not.toHaveProperty("ingress");
});

test("without an interface endpoint there is no security group for any", () => {
  const json = synthEndpoints({ set: "gateway-only" });

  expect(endpoints(json)).toHaveProperty("s3");
  expect(resourcesOf(json, "aws_security_group")).toEqual({});
  expect(resourcesOf(json, "aws_vpc_security_group_ingress_rule")).toEqual({});
  expect(moduleInputs(json, "endpoints_endpoints").security_group_ids).toEqual([]);
});

// AWS PrivateLink Guide, "Cross-region enabled AWS services": com.amazonaws.iam, com.amazonaws.route53.
test.each([
  ["us-east-1", {}],
  ["eu-west-1", { service_region: "us-east-1" }],
  ["us-gov-east-1", { service_region: "us-gov-west-1" }],
])("IAM and Route 53 are reached from %s under their one name", (region, across) => {
  const {
    iam,
    route53,
    "acm-pca": ca,
  } = endpoints(synthEndpoints({ region, additional: ["iam", "route53", "acm-pca"] }));

  expect([iam?.service_endpoint, route53?.service_endpoint]).toEqual([
    "com.amazonaws.iam",
    "com.amazonaws.route53",
  ]);
  for (const each of [iam, route53]) {
    expect("service_region" in (each ?? {}) ? { service_region: each?.service_region } : {}).toEqual(across);
  }
  expect(ca).toMatchObject({ service_endpoint: `com.amazonaws.${region}.acm-pca` });
  expect(ca).not.toHaveProperty("service_region");
});
