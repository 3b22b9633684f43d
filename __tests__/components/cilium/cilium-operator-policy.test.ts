import { operatorPolicy } from "../../../src/components/cilium/cilium-operator-policy";
import { literal } from "../../support/synth";

const statements = operatorPolicy({ partition: "aws", region: "eu-west-1", accountId: "111122223333" });
const actions = statements.flatMap(actionsOf);

// Cilium documentation, "AWS ENI", required privileges.
test.each([
  ...["AssignPrivateIpAddresses", "AttachNetworkInterface", "CreateNetworkInterface", "CreateTags"],
  ...["DeleteNetworkInterface", "DescribeInstances", "DescribeInstanceTypes", "DescribeNetworkInterfaces"],
  ...["DescribeRouteTables", "DescribeSecurityGroups", "DescribeSubnets", "DescribeVpcs"],
  ...["ModifyNetworkInterfaceAttribute", "UnassignPrivateIpAddresses"],
])("the operator may ec2:%s", (action) => {
  expect(actions).toContain(`ec2:${action}`);
});

test("only looking is over everything; what changes is of this account and region", () => {
  const changing = statements.filter((statement) =>
    actionsOf(statement).some((action) => !action.includes(":Describe")),
  );

  const resources = changing.flatMap(({ resources }) => literal(resources) ?? []);
  expect(resources.length).toBeGreaterThan(0);
  expect(resources.filter((resource) => !resource.startsWith("arn:aws:ec2:eu-west-1:111122223333:"))).toEqual(
    [],
  );
});

test("there is no wildcard among the actions", () => {
  expect(actions.filter((action) => action.includes("*"))).toEqual([]);
});

test("tags are put on interfaces only", () => {
  const tagging = statements.find((statement) => actionsOf(statement).includes("ec2:CreateTags"));

  expect(tagging?.resources).toEqual(["arn:aws:ec2:eu-west-1:111122223333:network-interface/*"]);
});

test("resources are of the region's partition", () => {
  const gov = operatorPolicy({ partition: "aws-us-gov", region: "us-gov-west-1", accountId: "1" });

  expect(JSON.stringify(gov)).toContain("arn:aws-us-gov:ec2:us-gov-west-1:1:subnet/*");
  expect(JSON.stringify(gov)).not.toContain("arn:aws:");
});

function actionsOf({ actions }: (typeof statements)[number]): readonly string[] {
  return literal(actions) ?? [];
}
