import { Ec2TransitGatewayVpcAttachment } from "@cdktf/provider-aws/lib/ec2-transit-gateway-vpc-attachment";
import type { Construct } from "constructs";
import "cdktf/lib/testing/adapters/jest";
import { transitGatewayAttachment } from "../../../src/modules/network/transit-gateway-attachment";
import { resource, resourcesOf, synthConstruct } from "../../support/synth";

const GATEWAY = "tgw-0123456789abcdef0";
const attachmentIn = (scope: Construct, transitGatewayId = GATEWAY) =>
  transitGatewayAttachment(scope, {
    name: "dev-us-east-1",
    vpcId: "vpc-1",
    transitGatewayId,
    subnetIds: { "us-east-1b": "subnet-b", "us-east-1a": "subnet-a" },
  });

test("the VPC is attached with a subnet in each zone, in whatever order they come", () => {
  const json = synthConstruct((scope) => void attachmentIn(scope));

  expect(json).toHaveResourceWithProperties(Ec2TransitGatewayVpcAttachment, {
    transit_gateway_id: GATEWAY,
    vpc_id: "vpc-1",
    subnet_ids: ["subnet-a", "subnet-b"],
    dns_support: "enable",
    tags: { Name: "dev-us-east-1" },
  });
});

test("every table has a route for every range, after the attachment", () => {
  const json = synthConstruct((scope) =>
    attachmentIn(scope).addRoutes({ "us-east-1a": "rtb-a", "control-plane": "rtb-c" }, [
      "10.200.0.0/14",
      "192.0.2.0/24",
    ]),
  );

  expect(Object.keys(resourcesOf(json, "aws_route"))).toEqual([
    `${GATEWAY}_10-200-0-0-14-control-plane`,
    `${GATEWAY}_10-200-0-0-14-us-east-1a`,
    `${GATEWAY}_192-0-2-0-24-control-plane`,
    `${GATEWAY}_192-0-2-0-24-us-east-1a`,
  ]);
  expect(resource(json, "aws_route", `${GATEWAY}_192-0-2-0-24-us-east-1a`)).toMatchObject({
    route_table_id: "rtb-a",
    destination_cidr_block: "192.0.2.0/24",
    transit_gateway_id: GATEWAY,
    depends_on: [`aws_ec2_transit_gateway_vpc_attachment.${GATEWAY}_attachment`],
  });
});

test("a second use of a gateway shares its attachment, and another gateway has its own", () => {
  const json = synthConstruct((scope) => {
    attachmentIn(scope).addRoutes({ a: "rtb-a" }, ["10.200.0.0/14"]);
    attachmentIn(scope).addRoutes({ a: "rtb-a" }, ["0.0.0.0/0"]);
    attachmentIn(scope, "tgw-0fedcba9876543210");
  });

  expect(Object.keys(resourcesOf(json, "aws_ec2_transit_gateway_vpc_attachment"))).toEqual([
    `${GATEWAY}_attachment`,
    "tgw-0fedcba9876543210_attachment",
  ]);
  expect(Object.keys(resourcesOf(json, "aws_route"))).toHaveLength(2);
});
