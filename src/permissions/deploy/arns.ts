import type { AwsPlace, Resource } from "../../guardrails/resource";
import { idOf } from "../../guardrails/references/arns";
import { isUnknown, text, type Value } from "../../values/value";

/** As Terraform completes a `name_prefix`: the time, and a counter in eight hexadecimal digits. */
const COMPLETION = "*";

/** By type: the attribute with the name, and the ARN behind the partition. */
const named: Readonly<Partial<Record<string, readonly [attribute: string, arn: string]>>> = {
  aws_cloudwatch_event_rule: ["name", "events:{region}:{account}:rule/{name}"],
  aws_cloudwatch_event_target: ["rule", "events:{region}:{account}:rule/{name}"],
  aws_cloudwatch_log_group: ["name", "logs:{region}:{account}:log-group:{name}"],
  aws_cloudwatch_metric_alarm: ["alarm_name", "cloudwatch:{region}:{account}:alarm:{name}"],
  aws_athena_workgroup: ["name", "athena:{region}:{account}:workgroup/{name}"],
  aws_eks_cluster: ["name", "eks:{region}:{account}:cluster/{name}"],
  aws_iam_instance_profile: ["name", "iam::{account}:instance-profile{path}{name}"],
  aws_iam_policy: ["name", "iam::{account}:policy{path}{name}"],
  aws_iam_role: ["name", "iam::{account}:role{path}{name}"],
  aws_iam_role_policy: ["role", "iam::{account}:role/{name}"],
  aws_kms_alias: ["name", "kms:{region}:{account}:{name}"],
  aws_iam_role_policy_attachment: ["role", "iam::{account}:role/{name}"],
  aws_s3_bucket: ["bucket", "s3:::{name}"],
  aws_sns_topic: ["name", "sns:{region}:{account}:{name}"],
  aws_sqs_queue: ["name", "sqs:{region}:{account}:{name}"],
  "data.aws_eks_cluster": ["name", "eks:{region}:{account}:cluster/{name}"],
  // AWS's own, of which the modules ask for AMIs.
  "data.aws_ssm_parameter": ["name", "ssm:{region}::parameter/aws/service/{name}"],
};

/** What references to these attributes name, as ARN. */
const REFERENCE =
  /^\$\{((?:module\.[\w-]+\.)?aws_(?:iam_role|s3_bucket|sqs_queue)\.[\w-]+)\.(?:id|name|bucket|url|arn)\}$/;

/** The resource of the same stack at an address. */
export type Find = (stack: string, address: string) => Resource | undefined;

/** ARNs that calls on a resource are on; each has to be allowed. */
export function deployArns(resource: Resource, place: AwsPlace, find: Find): string[] {
  const key = keyArn(resource, place, find);
  if (resource.type !== "aws_kms_alias") return [key ?? deployArn(resource, place)];
  // An alias is changed by who may change its key as well (KMS Developer Guide, "Controlling access to aliases").
  return [deployArn(resource, place), ...(key === undefined ? [] : [key])];
}

/** Of a key: AWS will give it an identifier, and its replicas the same one. Of an alias, that of the key behind it. */
function keyArn(resource: Resource, place: AwsPlace, find: Find): string | undefined {
  const { type, attributes } = resource;
  const region = text(attributes.region) || place.region;
  if (type === "aws_kms_key")
    return `arn:${place.partition}:kms:${region}:${place.account}:key/${idOf(resource)}`;
  const attribute = { aws_kms_alias: "target_key_id", aws_kms_replica_key: "primary_key_arn" }[type];
  const reference = attribute === undefined ? undefined : attributes[attribute];
  const [, address] = (isUnknown(reference) && KEY_REFERENCE.exec(reference.text)) || [];
  const key = address === undefined ? undefined : find(resource.stack, address);
  const arn = key && keyArn(key, place, find);
  return type === "aws_kms_replica_key" ? arn?.replace(/:kms:[^:]*:/, `:kms:${region}:`) : arn;
}

const KEY_REFERENCE = /^\$\{(aws_kms_(?:replica_)?key\.[\w-]+)\.(?:key_id|id|arn)\}$/;

/**
 * ARN that a call on a resource is on: by its name where it has one, a reference where another resource names it, else
 * any of its service in the region.
 */
export function deployArn(resource: Resource, place: AwsPlace): string {
  const { type, attributes } = resource;
  const [attribute, format] =
    named[type] ?? (type.startsWith("aws_s3_bucket_") ? ["bucket", "s3:::{name}"] : []);
  if (attribute === undefined || format === undefined) return "*";
  const value = attributes[attribute];
  const referred = isUnknown(value) ? REFERENCE.exec(value.text)?.[1] : undefined;
  if (referred !== undefined) return `\${${referred}.arn}`;
  const fill: Readonly<Record<string, string>> = {
    region: text(attributes.region) || place.region,
    account: place.account,
    path: text(attributes.path) || "/",
    name: nameOf(value, attributes[`${attribute}_prefix`]),
  };
  return `arn:${place.partition}:${format.replaceAll(/\{(\w+)\}/g, (_, key: string) => fill[key] ?? "")}`;
}

function nameOf(name: Value, prefix: Value): string {
  if (typeof name === "string" && name !== "") return name;
  if (isUnknown(name) && name.text !== "") return name.text;
  return `${text(prefix)}${COMPLETION}`;
}

/** ARN of a role as an attribute names it; undefined where nothing does. */
export function roleArnIn(value: Value): string | undefined {
  if (isUnknown(value)) return value.text === "" ? undefined : value.text;
  return text(value) === "" ? undefined : text(value);
}
