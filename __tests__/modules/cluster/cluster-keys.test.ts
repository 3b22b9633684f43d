import { ClusterKeys } from "../../../src/modules/cluster/cluster-keys";
import {
  policyIn,
  type PolicyDocument,
  resource,
  resourcesOf,
  statement,
  synthConstruct,
} from "../../support/synth";

const karpenter = "arn:aws:iam::111122223333:role/dev-karpenter";

function synthKeys(): string {
  return synthConstruct((scope) => {
    new ClusterKeys(scope, "keys", {
      clusterName: "dev",
      region: "us-east-1",
      owner: {
        accountId: "111122223333",
        partition: "aws",
        keyAdministratorArns: ["arn:aws:iam::111122223333:role/x"],
      },
      karpenterRoleArn: karpenter,
    });
  });
}

function policyOf(key: "secrets" | "logs" | "volumes"): PolicyDocument {
  return policyIn(resource(synthKeys(), "aws_kms_key", `keys_${key}_key`));
}

test("secrets, logs and volumes have a key each, all of them rotated", () => {
  const keys = resourcesOf(synthKeys(), "aws_kms_key");

  expect(Object.keys(keys).sort()).toEqual(["keys_logs_key", "keys_secrets_key", "keys_volumes_key"]);
  expect(Object.values(keys).every(({ enable_key_rotation }) => enable_key_rotation === true)).toBe(true);
});

// CloudWatch Logs User Guide, "Encrypt log data": the service by its region, for one log group by encryption context.
test("the logs' key admits CloudWatch Logs for exactly the control plane's log group", () => {
  const logs = statement(policyOf("logs"), "CloudWatchLogs");

  expect(logs).toMatchObject({
    Principal: { Service: "logs.us-east-1.amazonaws.com" },
    Condition: {
      ArnEquals: {
        "kms:EncryptionContext:aws:logs:arn":
          "arn:aws:logs:us-east-1:111122223333:log-group:/aws/eks/dev/cluster",
      },
    },
  });
});

test("the secrets' key is for nobody but the account's own policies", () => {
  expect(policyOf("secrets").Statement.map(({ Sid }) => Sid)).toEqual([
    "AccountByIamPolicies",
    "Administration",
  ]);
});

// EC2 Auto Scaling User Guide, "Required AWS KMS key policy for use with encrypted volumes": without it instances end
// before they start, and the node group times out.
describe("the volumes' key", () => {
  const autoScaling =
    "arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling";
  const forAwsResource = { "kms:GrantIsForAWSResource": "true" };

  test("may be used by Auto Scaling, and granted to AWS services only", () => {
    const volumes = policyOf("volumes");

    const use = statement(volumes, "AutoScalingUse");
    expect(use).toMatchObject({ Principal: { AWS: autoScaling } });
    expect(use.Action).toEqual(
      expect.arrayContaining(["kms:Decrypt", "kms:GenerateDataKey*", "kms:DescribeKey"]),
    );
    expect(statement(volumes, "AutoScalingGrant")).toMatchObject({
      Principal: { AWS: autoScaling },
      Action: "kms:CreateGrant",
      Condition: { Bool: forAwsResource },
    });
  });

  test.each(["KarpenterUse", "KarpenterGrant"])(
    "%s is narrowed to the one role, which need not exist yet",
    (sid) => {
      const allowed = statement(policyOf("volumes"), sid);

      expect(allowed).toMatchObject({
        Principal: { AWS: "*" },
        Condition: {
          StringEquals: { "kms:CallerAccount": "111122223333" },
          ArnEquals: { "aws:PrincipalArn": karpenter },
        },
      });
    },
  );

  test("is granted by Karpenter to AWS services only", () => {
    expect(statement(policyOf("volumes"), "KarpenterGrant")).toMatchObject({
      Condition: { Bool: forAwsResource },
    });
  });

  test("admits nobody by a wildcard without conditions", () => {
    const open = policyOf("volumes").Statement.filter(
      ({ Principal, Condition }) => JSON.stringify(Principal).includes('"*"') && Condition === undefined,
    );

    expect(open).toEqual([]);
  });
});
