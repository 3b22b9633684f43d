import type { Finding } from "../model/change";
import { type Phrase, say, words } from "../model/phrase";
import { at, field, items, type Json, text } from "../../terraform-plan/json";
import type { PlannedChange } from "../read/plan";
import { finding, findingOf, isLost, losing, type Rule } from "./rule";
import { isUnknownAt, nameOf, type Surroundings } from "./surroundings";

/** What holds data, and what is lost with it. */
const STORES: ReadonlyMap<string, string> = new Map([
  ["aws_s3_bucket", "the bucket"],
  ["aws_s3_object", "the object"],
  ["aws_ebs_volume", "the volume"],
  ["aws_ebs_snapshot", "the snapshot"],
  ["aws_cloudwatch_log_group", "the log group"],
  ["aws_kms_key", "the key"],
  ["aws_dynamodb_table", "the table"],
  ["aws_efs_file_system", "the file system"],
  ["aws_fsx_lustre_file_system", "the file system"],
  ["aws_fsx_openzfs_file_system", "the file system"],
  ["aws_db_instance", "the database"],
  ["aws_rds_cluster", "the database cluster"],
  ["aws_docdb_cluster", "the database cluster"],
  ["aws_neptune_cluster", "the database cluster"],
  ["aws_redshift_cluster", "the data warehouse"],
  ["aws_memorydb_cluster", "the cache"],
  ["aws_elasticache_replication_group", "the cache"],
  ["aws_opensearch_domain", "the search domain"],
  ["aws_msk_cluster", "the Kafka cluster"],
  ["aws_mq_broker", "the message broker"],
  ["aws_sqs_queue", "the queue and the messages in it"],
  ["aws_secretsmanager_secret", "the secret"],
  ["aws_ssm_parameter", "the parameter"],
  ["aws_ecr_repository", "the image repository"],
  ["aws_backup_vault", "the backup vault"],
  ["aws_route53_zone", "the hosted zone and its records"],
  ["aws_prometheus_workspace", "the metrics workspace"],
  ["aws_acmpca_certificate_authority", "the certificate authority"],
  ["aws_cognito_user_pool", "the user pool"],
  ["kubernetes_namespace", "the namespace and everything in it"],
  ["kubernetes_namespace_v1", "the namespace and everything in it"],
  ["kubernetes_persistent_volume_claim", "the volume claim"],
  ["kubernetes_persistent_volume_claim_v1", "the volume claim"],
  ["kubernetes_persistent_volume_v1", "the volume"],
]);

/** Objects that hold data, by their kind, where a manifest makes them. */
const KINDS: ReadonlyMap<string, string> = new Map([
  ["Namespace", "the namespace and everything in it"],
  ["PersistentVolumeClaim", "the volume claim"],
  ["PersistentVolume", "the volume"],
  ["CustomResourceDefinition", "the definition and all its objects"],
]);

function storeOf({ type, before }: PlannedChange): string | undefined {
  if (type !== "kubernetes_manifest") return STORES.get(type);
  return KINDS.get(text(at(before, ["manifest", "kind"])) ?? "");
}

/** Data that goes with what holds it. */
export const dataLossRule: Rule = (change, around) => {
  const store = storeOf(change);
  if (store === undefined || !isLost(change)) return [];
  const details = [...unlessNote(change), ...keyNote(change)];
  const says = words(losing(change));
  const subject = subjectOf(change, around);
  // What it holds is told after its name: the namespace shop and everything in it.
  const [holder = store, ...content] = store.split(" and ");
  const named = say`${says} ${words(holder)} ${subject}${words(content.map((each) => ` and ${each}`).join(""))}`;
  const alike = { says, noun: holder.replace(/^the /, ""), subject };
  return [finding("DATA-LOST", named, { details, ...(content.length === 0 && { alike }) })];
};

function subjectOf(change: PlannedChange, around: Surroundings): string {
  return text(at(change.before, ["manifest", "metadata", "name"])) ?? around.nameOf(change);
}

/** What AWS or Terraform does in favour of the data, as far as the plan says. */
function unlessNote(change: PlannedChange): Phrase[] {
  const flag = (key: string) => field(change.before, key);
  if (change.type === "aws_s3_bucket") {
    return [
      flag("force_destroy") === true
        ? words("force_destroy is on: all objects go with it")
        : words(
            "without force_destroy, AWS refuses to delete a bucket that is not empty, and apply stops there",
          ),
    ];
  }
  if (change.type === "aws_db_instance" || change.type === "aws_rds_cluster") {
    const kept = flag("skip_final_snapshot") === false;
    return [
      words(kept ? "a final snapshot is taken" : "no final snapshot is taken"),
      ...guard(flag("deletion_protection")),
    ];
  }
  if (change.type === "aws_dynamodb_table") return guard(flag("deletion_protection_enabled"));
  if (change.type === "aws_cloudwatch_log_group" && flag("skip_destroy") === true) {
    return [words("skip_destroy is on: the group stays in the account, out of Terraform's hands")];
  }
  if (change.type === "aws_secretsmanager_secret") {
    const days = flag("recovery_window_in_days");
    return typeof days === "number" && days > 0 ? [words(`it can be restored for ${days} days`)] : [];
  }
  return [];
}

function guard(protection: Json | undefined): Phrase[] {
  return protection === true ? [words("deletion protection is on: AWS refuses, and apply stops there")] : [];
}

function keyNote(change: PlannedChange): Phrase[] {
  if (change.type !== "aws_kms_key") return [];
  const days = field(change.before, "deletion_window_in_days");
  const window = typeof days === "number" ? `${days} days` : "its waiting time";
  return [words(`it can be restored for ${window}; after that nothing encrypted with it can be read again`)];
}

/** Data that is kept for a shorter time. */
export const retentionRule: Rule = (change, around) => {
  if (change.type === "aws_s3_bucket_lifecycle_configuration") return lifecycle(change, around);
  if (change.action !== "update") return [];
  const numbers = (path: readonly (string | number)[]) =>
    [change.before, change.after].map((values) => at(values, path)) as readonly (Json | undefined)[];
  const found: Finding[] = [];
  const [oldDays, newDays] = numbers(["retention_in_days"]);
  if (change.type === "aws_cloudwatch_log_group" && typeof newDays === "number" && newDays > 0) {
    // 0 keeps for ever.
    const forEver = oldDays === 0 || oldDays === null;
    if (forEver || (typeof oldDays === "number" && newDays < oldDays)) {
      const from = forEver ? "for ever" : `${String(oldDays)} days`;
      found.push(
        finding(
          "DATA-EXPIRES",
          say`keeps the logs of ${nameOf(change)} ${newDays} days, no longer ${words(from)}`,
          {
            alike: {
              says: words("keeps the logs of"),
              noun: "log group",
              subject: nameOf(change),
              after: say`${newDays} days, no longer ${words(from)}`,
            },
          },
        ),
      );
    }
  }
  for (const key of ["backup_retention_period", "message_retention_seconds", "snapshot_retention_limit"]) {
    const [old, now] = numbers([key]);
    if (typeof old === "number" && typeof now === "number" && now < old) {
      found.push(finding("DATA-EXPIRES", say`lowers ${key} of ${nameOf(change)} from ${old} to ${now}`));
    }
  }
  return found;
};

/** The first rules of a bucket that is there already expire what is in it; without any, nothing expires. */
function lifecycle(change: PlannedChange, around: Surroundings): Finding[] {
  const bucket = field(change.after, "bucket");
  const isOfNewBucket =
    isUnknownAt(change, "bucket") ||
    around.isNew(change, "aws_s3_bucket", "bucket", bucket) ||
    around.isNew(change, "aws_s3_bucket", "id", bucket);
  if (change.action === "create" ? isOfNewBucket : change.action !== "update") return [];
  const [old, now] = [change.before, change.after].map((values) => items(field(values, "rule")));
  if (JSON.stringify(old) === JSON.stringify(now)) return [];
  return [
    finding("DATA-EXPIRES", say`changes when objects of ${nameOf(change)} expire`, {
      doubt: words("whether objects that are kept now will go is not worked out: read the difference"),
    }),
  ];
}

/** A switch that protects data, and the value that does. */
const PROTECTIONS: readonly { readonly key: string; readonly safe: boolean; readonly says: string }[] = [
  { key: "force_destroy", safe: false, says: "lets Terraform delete all objects with" },
  { key: "deletion_protection", safe: true, says: "turns off deletion protection of" },
  { key: "deletion_protection_enabled", safe: true, says: "turns off deletion protection of" },
  { key: "skip_final_snapshot", safe: false, says: "takes no final snapshot any more of" },
  { key: "enable_key_rotation", safe: true, says: "stops the yearly rotation of" },
  { key: "publicly_accessible", safe: false, says: "gives a public address to" },
  { key: "encrypted", safe: true, says: "turns off encryption of" },
  { key: "storage_encrypted", safe: true, says: "turns off encryption of" },
  { key: "sqs_managed_sse_enabled", safe: true, says: "turns off encryption of" },
  { key: "block_public_acls", safe: true, says: "lets public ACLs onto" },
  { key: "block_public_policy", safe: true, says: "lets public policies onto" },
  { key: "ignore_public_acls", safe: true, says: "heeds public ACLs on" },
  { key: "restrict_public_buckets", safe: true, says: "lets the public into" },
];

/** Protections of data that are taken away. */
export const protectionRule: Rule = (change, around) => {
  if (change.type === "aws_eks_cluster") return [];
  if (change.type === "aws_s3_bucket_public_access_block" && isLost(change)) {
    return [finding("DATA-UNPROTECTED", say`takes the public access block from ${nameOf(change)}`)];
  }
  if (change.action !== "update" && change.action !== "replace") return [];
  const switched = PROTECTIONS.filter(
    ({ key, safe }) => field(change.before, key) === safe && field(change.after, key) === !safe,
  );
  return [
    ...switched.map(({ says }) =>
      findingOf("DATA-UNPROTECTED", { says: words(says), noun: "resource", subject: around.nameOf(change) }),
    ),
    ...versioning(change),
    ...keyWindow(change, around),
  ];
};

function versioning(change: PlannedChange): Finding[] {
  if (change.type !== "aws_s3_bucket_versioning") return [];
  const status = (values: Json) => text(at(values, ["versioning_configuration", 0, "status"]));
  const off = status(change.before) === "Enabled" && status(change.after) !== "Enabled";
  return off
    ? [finding("DATA-UNPROTECTED", say`stops keeping old versions of objects in ${nameOf(change)}`)]
    : [];
}

function keyWindow(change: PlannedChange, around: Surroundings): Finding[] {
  const [old, now] = [change.before, change.after].map((values) => field(values, "deletion_window_in_days"));
  if (change.type !== "aws_kms_key" || typeof old !== "number" || typeof now !== "number" || now >= old)
    return [];
  return [
    finding(
      "DATA-UNPROTECTED",
      say`leaves ${now} days in place of ${old} to restore the key ${around.nameOf(change)} once it is deleted`,
    ),
  ];
}

const RECORDERS: ReadonlyMap<string, string> = new Map([
  ["aws_flow_log", "the flow log"],
  ["aws_cloudtrail", "the trail"],
  ["aws_config_configuration_recorder", "the recorder of AWS Config"],
  ["aws_guardduty_detector", "the GuardDuty detector"],
  ["aws_cloudwatch_log_subscription_filter", "the log subscription"],
  ["aws_networkfirewall_logging_configuration", "the firewall's log"],
]);

/** Records that are no longer written. */
export const recordRule: Rule = (change) => {
  const recorder = RECORDERS.get(change.type);
  if (recorder === undefined || !isLost(change)) return [];
  return [
    finding("RECORD-LOST", say`${words(losing(change))} ${words(recorder)} ${nameOf(change)}`, {
      ...(change.action === "replace" && { why: "What happens until the new one works is not recorded." }),
    }),
  ];
};
