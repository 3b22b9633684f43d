import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { TerraformOutput } from "cdktf";
import "cdktf/lib/testing/adapters/jest";
import { NatGateways, type NatGatewaysProps } from "../../../src/modules/network/nat-gateways";
import { parsed, resourcesOf, synthConstruct } from "../../support/synth";

const publicSubnetIds = { "us-east-1b": "subnet-b", "us-east-1a": "subnet-a" };

function build(placement: NatGatewaysProps["placement"]) {
  let gateways: NatGateways | undefined;
  const json = synthConstruct((scope) => {
    const internetGateway = new InternetGateway(scope, "internet", {});
    gateways = new NatGateways(scope, "nat", { name: "dev", placement, publicSubnetIds, internetGateway });
  });
  if (gateways === undefined) throw new Error("nothing was built");
  return { json, gateways };
}

test("one gateway for each zone stands in the zone's public subnet, under an address of its own", () => {
  const { json } = build({ kind: "per-zone" });

  expect(Object.keys(resourcesOf(json, "aws_nat_gateway"))).toEqual(["nat_us-east-1a", "nat_us-east-1b"]);
  expect(json).toHaveResourceWithProperties(NatGateway, {
    subnet_id: "subnet-b",
    allocation_id: "${aws_eip.nat_address-us-east-1b.allocation_id}",
  });
});

test("a gateway waits for the internet gateway, without which it is created and fails", () => {
  const { json } = build({ kind: "per-zone" });

  const waits = Object.values(resourcesOf(json, "aws_nat_gateway")).map(({ depends_on }) => depends_on);
  expect(waits).toEqual([["aws_internet_gateway.internet"], ["aws_internet_gateway.internet"]]);
});

test("own Elastic IPs are used, and a zone without one gets a new one", () => {
  const { json } = build({ kind: "per-zone", allocationIds: { "us-east-1a": "eipalloc-0a" } });

  expect(json).toHaveResourceWithProperties(NatGateway, {
    subnet_id: "subnet-a",
    allocation_id: "eipalloc-0a",
  });
  expect(Object.keys(resourcesOf(json, "aws_eip"))).toEqual(["nat_address-us-east-1b"]);
});

test("a single gateway serves every zone", () => {
  const json = synthConstruct((scope) => {
    const internetGateway = new InternetGateway(scope, "internet", {});
    const placement = { kind: "single", zone: "us-east-1a" } as const;
    const gateways = new NatGateways(scope, "nat", {
      name: "dev",
      placement,
      publicSubnetIds,
      internetGateway,
    });
    new TerraformOutput(scope, "gateway", { value: gateways.gatewayFor("us-east-1b"), staticId: true });
  });

  expect(Object.keys(resourcesOf(json, "aws_nat_gateway"))).toEqual(["nat_us-east-1a"]);
  expect(parsed(json).output).toMatchObject({ gateway: { value: "${aws_nat_gateway.nat_us-east-1a.id}" } });
});

test("tells an address for each gateway, for partners' allow-lists", () => {
  expect(build({ kind: "per-zone" }).gateways.publicIps).toHaveLength(2);
  expect(build({ kind: "single", zone: "us-east-1b" }).gateways.publicIps).toHaveLength(1);
});

test("a zone without a public subnet has no gateway, and asking for one says so", () => {
  const { gateways } = build({ kind: "per-zone" });

  expect(() => gateways.gatewayFor("us-east-1c")).toThrow(
    "us-east-1c has no public subnet for its NAT gateway",
  );
});
