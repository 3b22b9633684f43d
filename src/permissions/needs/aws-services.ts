import type { AwsCall } from "../../components/aws-call";
import { callsOf } from "../../components/calls-of";
import type { Resource } from "../../guardrails/resource";
import { at, entries, items, text } from "../../values/value";
import { deployArn } from "../deploy/arns";
import type { Identity } from "../identity";
import { deep, objects, ofType, type Stacks, unique, written } from "./objects";

/**
 * Services of AWS that act on what the stacks make, and roles that AWS itself makes: only the policy of the key, bucket
 * or log group lets them. Read from what names the key or the bucket, never from the policy.
 */
export function awsServices(stacks: Stacks): Identity[] {
  return [
    ...encryptedLogs(stacks),
    ...queryLogs(stacks),
    ...flowLogsToBuckets(stacks),
    ...balancerLogs(stacks),
    ...nodeVolumes(stacks),
  ].filter(({ calls }) => calls.length > 0);
}

function service(name: string, principal: string, { stack, address }: Resource, calls: AwsCall[]): Identity {
  return {
    name,
    kind: "aws",
    where: { stack, address },
    principal: { kind: "service", name: principal },
    calls,
  };
}

/** CloudWatch Logs encrypts each group with the group's key, under the group's ARN. */
function encryptedLogs(stacks: Stacks): Identity[] {
  const { region } = stacks.place;
  const kms = callsOf("kms", "CloudWatch Logs User Guide, Encrypt log data in CloudWatch Logs using AWS KMS");
  const groups = ofType(stacks, "aws_cloudwatch_log_group").filter(
    ({ attributes }) => written(attributes.kms_key_id) !== "" && text(attributes.name) !== "",
  );
  const calls = (group: Resource) =>
    kms(
      `encrypt and decrypt ${text(group.attributes.name)}`,
      "Encrypt Decrypt ReEncryptFrom ReEncryptTo GenerateDataKey",
      [written(group.attributes.kms_key_id)],
      { "kms:EncryptionContext:aws:logs:arn": [deployArn(group, stacks.place)] },
    );
  return unique(groups.map(({ stack }) => stack)).flatMap((stack) => {
    const own = groups.filter((each) => each.stack === stack);
    const [first] = own;
    const name = `CloudWatch Logs of ${stack.slice(stack.lastIndexOf("-") + 1)}`;
    return first === undefined
      ? []
      : [service(name, `logs.${region}.amazonaws.com`, first, own.flatMap(calls))];
  });
}

const DELIVERY = "delivery.logs.amazonaws.com";

/** What log delivery says of whom it works for. */
function onBehalf({ place: { partition, region, account } }: Stacks) {
  return {
    "aws:SourceAccount": [account],
    "aws:SourceArn": [`arn:${partition}:logs:${region}:${account}:*`],
  };
}

function queryLogs(stacks: Stacks): Identity[] {
  const logs = callsOf("logs", "CloudWatch Logs User Guide, Enabling logging from AWS services");
  return ofType(stacks, "aws_route53_resolver_query_log_config").flatMap((config) => {
    const [, address] = /^\$\{(.*)\.arn\}$/.exec(written(config.attributes.destination_arn)) ?? [];
    const group = ofType(stacks, "aws_cloudwatch_log_group").find(
      (each) => each.stack === config.stack && each.address === address,
    );
    if (group === undefined) return [];
    const streams = `${deployArn(group, stacks.place)}:log-stream:*`;
    return service(
      "log delivery of DNS queries",
      DELIVERY,
      config,
      logs("deliver DNS queries", "CreateLogStream PutLogEvents", [streams], onBehalf(stacks)),
    );
  });
}

function flowLogsToBuckets(stacks: Stacks): Identity[] {
  const { account } = stacks.place;
  const s3 = callsOf("s3", "Amazon VPC User Guide, Amazon S3 bucket permissions for flow logs");
  const kms = callsOf("kms", "Amazon VPC User Guide, Required key policy for use with SSE-KMS");
  return ofType(stacks, "aws_flow_log")
    .filter(({ attributes }) => text(attributes.log_destination_type) === "s3")
    .map((log) => {
      const destination = written(log.attributes.log_destination);
      const bucket = destination.replace(/(?<=[^}])\/.*$/, "");
      // With a prefix like those that Hive knows, which per-hour partitions ask for.
      const folder = items(log.attributes.destination_options).some(
        (each) => at(each, "hive_compatible_partitions") === true,
      )
        ? `aws-account-id=${account}`
        : account;
      const key = keyOfBucket(stacks, log.stack, destination);
      return service("log delivery of VPC flow logs", DELIVERY, log, [
        ...s3("deliver flow logs", "PutObject", [`${destination.replace(/\/$/, "")}/AWSLogs/${folder}/*`], {
          ...onBehalf(stacks),
          "s3:x-amz-acl": ["bucket-owner-full-control"],
        }),
        ...s3("look whose bucket it is", "GetBucketAcl ListBucket", [bucket], onBehalf(stacks)),
        ...(key === undefined
          ? []
          : kms(
              "encrypt flow logs",
              "Encrypt Decrypt ReEncryptFrom GenerateDataKey DescribeKey",
              [key],
              onBehalf(stacks),
            )),
      ]);
    });
}

/** The key that objects of a bucket are encrypted with, where there is one. */
function keyOfBucket(stacks: Stacks, stack: string, destination: string): string | undefined {
  const own = (each: Resource) => each.stack === stack;
  const name = destination.replace(/^arn:[\w-]+:s3:::/, "").replace(/\/.*$/, "");
  const bucket = ofType(stacks, "aws_s3_bucket")
    .filter(own)
    .find(
      ({ address, attributes }) =>
        text(attributes.bucket) === name || destination.startsWith(`\${${address}.`),
    );
  const settings = ofType(stacks, "aws_s3_bucket_server_side_encryption_configuration")
    .filter(own)
    .find(
      ({ attributes }) => bucket !== undefined && written(attributes.bucket).includes(`${bucket.address}.`),
    );
  const [key] = deep(settings?.attributes.rule, "kms_master_key_id");
  return key;
}

/** Access logs of load balancers, into the bucket that parameters of their class name. */
function balancerLogs(stacks: Stacks): Identity[] {
  const { account, partition, region } = stacks.place;
  const s3 = callsOf(
    "s3",
    "Elastic Load Balancing User Guide, Enable access logs for your Application Load Balancer",
  );
  return objects(stacks, "IngressClassParams").flatMap((parameters) => {
    const attributes = items(at(parameters.attributes, "spec", "loadBalancerAttributes"));
    const of = (key: string) =>
      written(
        at(
          attributes.find((each) => text(at(each, "key")) === key),
          "value",
        ),
      );
    const bucket = of("access_logs.s3.bucket");
    if (of("access_logs.s3.enabled") !== "true" || bucket === "" || partition !== "aws") return [];
    const prefix = of("access_logs.s3.prefix");
    const folder = `arn:${partition}:s3:::${bucket}${prefix === "" ? "" : `/${prefix}`}/AWSLogs/${account}/*`;
    return service(
      `log delivery of load balancers of ${text(at(parameters.attributes, "metadata", "name"))}`,
      "logdelivery.elasticloadbalancing.amazonaws.com",
      parameters,
      s3("deliver access logs", "PutObject", [folder], {
        "aws:SourceAccount": [account],
        "aws:SourceArn": [`arn:${partition}:elasticloadbalancing:${region}:${account}:loadbalancer/*`],
      }),
    );
  });
}

/** Auto Scaling launches the nodes of groups, and grants EC2 the use of their volumes' key. */
function nodeVolumes(stacks: Stacks): Identity[] {
  const { account, partition } = stacks.place;
  const source = "EC2 Auto Scaling User Guide, Required AWS KMS key policy for use with encrypted volumes";
  const kms = callsOf("kms", source);
  const groups = ofType(stacks, "module").filter(({ attributes }) =>
    text(attributes.source).endsWith("//modules/eks-managed-node-group"),
  );
  const keys = groups.flatMap((group) =>
    unique(
      entries(group.attributes.block_device_mappings).flatMap(([, each]) => deep(each, "kms_key_id")),
    ).map((key) => ({ group, key })),
  );
  return groups.slice(0, 1).map(({ stack, address }) => ({
    name: "EC2 Auto Scaling",
    kind: "aws",
    where: { stack, address },
    principal: {
      kind: "role",
      arn: `arn:${partition}:iam::${account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
    },
    calls: unique(keys.filter(({ group }) => group.stack === stack).map(({ key }) => key)).flatMap((key) => [
      ...kms(
        "encrypt volumes of nodes",
        "Encrypt Decrypt ReEncryptFrom ReEncryptTo GenerateDataKey GenerateDataKeyWithoutPlaintext DescribeKey",
        [key],
      ),
      ...kms("grant EC2 the key of nodes' volumes", "CreateGrant", [key], {
        "kms:GrantIsForAWSResource": ["true"],
      }),
    ]),
  }));
}
