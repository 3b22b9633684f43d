import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import "cdktf/lib/testing/adapters/jest";
import { CloudWatchFlowLogs } from "../../../src/modules/network/flow-logs";
import { policyIn, resource, statement, synthConstruct } from "../../support/synth";

const GROUP = "arn:aws:logs:us-east-1:111122223333:log-group:/aws/vpc/dev-us-east-1/flow-logs";

function synthFlowLogs(): string {
  return synthConstruct((scope) => {
    new CloudWatchFlowLogs(scope, "flow-logs", {
      name: "dev-us-east-1",
      region: "us-east-1",
      vpcId: "vpc-1",
      owner: {
        accountId: "111122223333",
        partition: "aws",
        keyAdministratorArns: ["arn:aws:iam::111122223333:role/x"],
      },
      retentionDays: 14,
    });
  });
}

// Rejected traffic alone would not show what did get through; AWS Security Hub, EC2.6, wants at least that.
test("accepted and rejected traffic of the VPC goes to the log group", () => {
  const json = synthFlowLogs();

  expect(json).toHaveResourceWithProperties(FlowLog, {
    vpc_id: "vpc-1",
    traffic_type: "ALL",
    log_destination: "${aws_cloudwatch_log_group.flow-logs_group.arn}",
    log_destination_type: "cloud-watch-logs",
  });
});

test("the log group is encrypted with a key of its own and ends some day", () => {
  const json = synthFlowLogs();

  expect(json).toHaveResourceWithProperties(CloudwatchLogGroup, {
    name: "/aws/vpc/dev-us-east-1/flow-logs",
    kms_key_id: "${aws_kms_key.flow-logs_key_key.arn}",
    retention_in_days: 14,
  });
});

test("the key admits CloudWatch Logs for exactly this log group", () => {
  const policy = policyIn(resource(synthFlowLogs(), "aws_kms_key"));

  expect(statement(policy, "CloudWatchLogs")).toMatchObject({
    Principal: { Service: "logs.us-east-1.amazonaws.com" },
    Condition: { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": GROUP } },
  });
});

test("the writer's role is for flow logs of this account, and writes to this group only", () => {
  const json = synthFlowLogs();

  expect(json).toHaveResourceWithProperties(IamRole, { name: "dev-us-east-1-flow-logs" });
  expect(policyIn(resource(json, "aws_iam_role"), "assume_role_policy").Statement).toMatchObject([
    {
      Principal: { Service: "vpc-flow-logs.amazonaws.com" },
      Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
    },
  ]);
  const [write] = policyIn(resource(json, "aws_iam_role_policy")).Statement;
  expect(write?.Resource).toEqual([GROUP, `${GROUP}:*`]);
});
