import { ofType, type Resource } from "../resource";
import { expectGiven, expectThat, type Rule, rule, show, undecided, violation } from "../rule";
import {
  at,
  entries,
  isAbsent,
  isFalse,
  isTrue,
  isUnknown,
  items,
  texts,
  toNumber,
} from "../../values/value";

const KMS_DOCS = "https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html";
const KEY_POLICY_DOCS = "https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html";
const LOG_DOCS = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html";
const S3_DOCS = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html";

/** `cluster.logs` for the control plane's group, the flow logs' setting for theirs. */
function logSetting({ address }: Resource): string | undefined {
  if (address.includes("flow-logs")) return "network.flowLogs";
  return address.includes("cluster_eks") ? "cluster.logs" : undefined;
}

/** Resources of a type in the same stack that name this bucket. */
function aboutBucket(bucket: Resource, others: readonly Resource[]): Resource[] {
  const name = bucket.attributes.bucket;
  return others.filter((each) => {
    const named = each.attributes.bucket;
    if (each.stack !== bucket.stack) return false;
    if (isUnknown(named)) return named.text === "" || named.text.includes(bucket.address);
    return named === name || isAbsent(named);
  });
}

export const encryptionRules: readonly Rule[] = [
  rule({
    id: "ENC-LOG-GROUP",
    area: "encryption",
    severity: "error",
    what: "Every log group is encrypted with a key of the account.",
    why: "Audit logs and flow logs hold the names of people and secrets, and addresses; the key's policy decides who reads them.",
    remedy: "Give kms_key_id a key whose policy admits CloudWatch Logs for this group.",
    reference: LOG_DOCS,
    types: ["aws_cloudwatch_log_group"],
    setting: logSetting,
    check: (resource) => expectGiven(resource, ["kms_key_id"], "has no key"),
  }),
  rule({
    id: "ENC-LOG-RETENTION",
    area: "encryption",
    severity: "warning",
    what: "Every log group has a retention period.",
    why: "Without one, CloudWatch keeps logs for ever and bills them.",
    remedy: "Set the retention in days.",
    reference:
      "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html",
    types: ["aws_cloudwatch_log_group"],
    setting: logSetting,
    check: (resource) =>
      expectThat(
        resource,
        ["retention_in_days"],
        (days) => (toNumber(days) ?? 0) > 0,
        () => "keeps logs for ever",
      ),
  }),
  rule({
    id: "ENC-KEY-ROTATION",
    area: "encryption",
    severity: "error",
    what: "Every KMS key is rotated.",
    why: "What any one version of the key material can decrypt is then limited to a year.",
    remedy: "Set enable_key_rotation to true.",
    reference: KMS_DOCS,
    types: ["aws_kms_key"],
    check: (resource) => {
      const spec = resource.attributes.customer_master_key_spec;
      const symmetric = isAbsent(spec) || isUnknown(spec) || spec === "SYMMETRIC_DEFAULT";
      return symmetric ? expectThat(resource, ["enable_key_rotation"], isTrue, () => "is not rotated") : [];
    },
  }),
  rule({
    id: "ENC-KEY-DELETION",
    area: "encryption",
    severity: "warning",
    what: "A KMS key waits at least fourteen days before it is deleted.",
    why: "What it encrypted is lost with it for ever; the waiting period is all the time there is to notice.",
    remedy: "Leave deletion_window_in_days out (30 days) or set 14 or more.",
    reference: "https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html",
    types: ["aws_kms_key"],
    check: (resource) =>
      expectThat(
        resource,
        ["deletion_window_in_days"],
        (days) => (toNumber(days) ?? 30) >= 14,
        (days) => `is deleted after ${show(days)} days`,
      ),
  }),
  rule({
    id: "ENC-KEY-LOCKOUT",
    area: "encryption",
    severity: "error",
    what: "A key policy can't lock out its administrators.",
    why: "Only AWS support can recover a key that nobody can administer.",
    remedy: "Leave bypass_policy_lockout_safety_check out.",
    reference: KEY_POLICY_DOCS,
    types: ["aws_kms_key"],
    check: (resource) =>
      expectThat(
        resource,
        ["bypass_policy_lockout_safety_check"],
        (skip) => !isTrue(skip),
        () => "skips the check that keeps administrators in",
      ),
  }),
  rule({
    id: "ENC-KEY-POLICY",
    area: "encryption",
    severity: "error",
    what: "A key's policy names who uses the key.",
    why: "With * and no condition, every AWS account can decrypt with it.",
    remedy: "Name the account's roles, or limit by kms:CallerAccount and kms:ViaService.",
    reference: KEY_POLICY_DOCS,
    types: ["policy-statement"],
    check: ({ attributes }) => {
      if (attributes.holder !== "key" || attributes.effect !== "Allow") return [];
      if (isUnknown(attributes.principals)) return [undecided("the key policy is known after apply")];
      const open = texts(attributes.principals).some((each) => each === "*" || each === "AWS:*");
      const limited = entries(attributes.conditions).some(([key]) =>
        /CallerAccount|PrincipalAccount|PrincipalOrgID|PrincipalArn|SourceAccount/.test(key),
      );
      return open && !limited ? [violation("lets everybody use the key")] : [];
    },
  }),
  rule({
    id: "ENC-QUEUE",
    area: "encryption",
    severity: "error",
    what: "Every queue is encrypted.",
    why: "Events of instances and load balancers pass through it.",
    remedy: "Turn sqs_managed_sse_enabled on, or give a key.",
    reference:
      "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html",
    types: ["aws_sqs_queue"],
    check: (resource) => {
      const { sqs_managed_sse_enabled: managed, kms_master_key_id: key } = resource.attributes;
      if (isTrue(managed) || (!isUnknown(key) && !isAbsent(key)) || (isUnknown(key) && key.given)) return [];
      if (isUnknown(managed)) return [undecided("whether SQS encrypts it is known after apply")];
      return [violation("is not encrypted")];
    },
  }),
  rule({
    id: "ENC-RESOURCE-POLICY",
    area: "IAM",
    severity: "error",
    what: "The policy of a bucket, queue, topic, secret or repository admits no strangers.",
    why: "With * and no condition, it is public.",
    remedy: "Name the account's roles or a service with aws:SourceArn.",
    reference: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_identity-vs-resource.html",
    types: ["policy-statement"],
    check: ({ attributes }) => {
      if (attributes.holder !== "resource" || attributes.effect !== "Allow") return [];
      if (isUnknown(attributes.principals)) return [undecided("the policy is known after apply")];
      const open = texts(attributes.principals).some((each) => each === "*" || each === "AWS:*");
      return open && entries(attributes.conditions).length === 0 ? [violation("admits everybody")] : [];
    },
  }),
  rule({
    id: "ENC-BUCKET-PUBLIC",
    area: "encryption",
    severity: "error",
    what: "Every bucket blocks public access, all four ways.",
    why: "Otherwise one wrong policy or ACL publishes state, logs or backups.",
    remedy: "Add aws_s3_bucket_public_access_block with all four set.",
    reference:
      "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
    types: ["aws_s3_bucket"],
    check: (bucket, inventory) => {
      const blocks = aboutBucket(bucket, ofType(inventory, "aws_s3_bucket_public_access_block"));
      if (blocks.length === 0) return [violation("has no public access block")];
      const four = [
        "block_public_acls",
        "block_public_policy",
        "ignore_public_acls",
        "restrict_public_buckets",
      ];
      const off = four.filter((name) => !blocks.some(({ attributes }) => isTrue(attributes[name])));
      return off.map((name) => violation(`${name} is off`));
    },
  }),
  rule({
    id: "ENC-BUCKET-TLS",
    area: "encryption",
    severity: "warning",
    what: "Every bucket refuses plain HTTP.",
    why: "S3 accepts it where no policy forbids it.",
    remedy: "Deny where aws:SecureTransport is false.",
    reference: S3_DOCS,
    types: ["aws_s3_bucket"],
    check: (bucket, inventory) => {
      const policies = aboutBucket(bucket, ofType(inventory, "aws_s3_bucket_policy"));
      if (policies.some(({ attributes }) => isUnknown(attributes.policy) && attributes.policy.text === ""))
        return [undecided("the bucket policy is known after apply")];
      const statements = ofType(inventory, "policy-statement").filter((each) =>
        policies.some(
          (policy) => each.stack === policy.stack && each.address.startsWith(`${policy.address}#`),
        ),
      );
      const denies = statements.some(
        ({ attributes }) =>
          attributes.effect === "Deny" &&
          entries(attributes.conditions).some(([key]) => key.endsWith("aws:SecureTransport")),
      );
      return denies ? [] : [violation("takes plain HTTP")];
    },
  }),
  rule({
    id: "ENC-BUCKET-VERSIONS",
    area: "encryption",
    severity: "warning",
    what: "Every bucket keeps versions, unless what is in it expires.",
    why: "An object that was overwritten, above all a state, can then be recovered.",
    remedy: "Enable versioning.",
    reference: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html",
    types: ["aws_s3_bucket"],
    check: (bucket, inventory) => {
      const expires = aboutBucket(bucket, ofType(inventory, "aws_s3_bucket_lifecycle_configuration")).some(
        ({ attributes }) =>
          items(attributes.rule).some(
            (each) =>
              at(each, "status") === "Enabled" &&
              ["days", "date"].some((when) => !isAbsent(at(each, "expiration", when))),
          ),
      );
      // Logs and results of queries are written once and go by themselves.
      if (expires) return [];
      const enabled = aboutBucket(bucket, ofType(inventory, "aws_s3_bucket_versioning")).some(
        ({ attributes }) => at(attributes, "versioning_configuration", "status") === "Enabled",
      );
      return enabled ? [] : [violation("keeps no versions")];
    },
  }),
  rule({
    id: "ENC-FILE-SYSTEM",
    area: "encryption",
    severity: "error",
    what: "Every EFS file system is encrypted.",
    why: "It can only be chosen at creation.",
    remedy: "Set encrypted to true.",
    reference: "https://docs.aws.amazon.com/efs/latest/ug/encryption.html",
    types: ["aws_efs_file_system"],
    check: (resource) => expectThat(resource, ["encrypted"], isTrue, () => "is not encrypted"),
  }),
  rule({
    id: "ENC-STORAGE-CLASS",
    area: "encryption",
    severity: "error",
    what: "A storage class of the EBS CSI driver encrypts.",
    why: "Otherwise every volume that a team claims with it is encrypted only if the account's default says so.",
    remedy: 'Set parameters.encrypted to "true".',
    reference: "https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/parameters.md",
    types: ["k8s:StorageClass"],
    check: (resource) =>
      resource.attributes.provisioner === "ebs.csi.aws.com"
        ? expectThat(resource, ["parameters", "encrypted"], isTrue, () => "does not encrypt")
        : [],
  }),
  rule({
    id: "ENC-NODE-TRAFFIC",
    area: "encryption",
    severity: "warning",
    what: "Where Cilium encrypts, it leaves out no traffic.",
    why: "Packets that miss the tunnel go in plain text, and nothing shows it.",
    remedy: "Leave encryption.strictMode and encryption.nodeEncryption as the chart's defaults or stricter.",
    reference: "https://docs.cilium.io/en/stable/security/network/encryption-wireguard/",
    types: ["helm_release"],
    setting: "cni.encryption",
    check: (resource) => {
      if (resource.attributes.chart !== "cilium") return [];
      const encryption = at(resource.attributes, "values", "encryption");
      if (isUnknown(encryption)) return [undecided("the values are known after apply")];
      const wanted = at(encryption, "type") !== undefined && at(encryption, "type") !== "";
      return wanted && isFalse(at(encryption, "enabled"))
        ? [violation(`names ${show(at(encryption, "type"))} and is off`)]
        : [];
    },
  }),
];
