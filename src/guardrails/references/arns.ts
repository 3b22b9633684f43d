import { symbol } from "../iam/symbol";
import type { AwsPlace, Resource } from "../resource";
import { isUnknown, type Value } from "../../values/value";

/** Text of an attribute, with symbols for what is not known; undefined where nothing is there. */
export type TextOf = (value: Value) => string | undefined;

/** Attributes that hold the name by which an ARN goes. Of other types AWS gives an identifier. */
const NAMED: Readonly<Record<string, readonly [attribute: string, arn: string]>> = {
  aws_athena_workgroup: ["name", "athena:{region}:{account}:workgroup/{name}"],
  aws_cloudwatch_event_rule: ["name", "events:{region}:{account}:rule/{name}"],
  aws_cloudwatch_log_group: ["name", "logs:{region}:{account}:log-group:{name}"],
  aws_cloudwatch_metric_alarm: ["alarm_name", "cloudwatch:{region}:{account}:alarm:{name}"],
  aws_dynamodb_table: ["name", "dynamodb:{region}:{account}:table/{name}"],
  aws_ecr_repository: ["name", "ecr:{region}:{account}:repository/{name}"],
  aws_eks_cluster: ["name", "eks:{region}:{account}:cluster/{name}"],
  aws_glue_catalog_database: ["name", "glue:{region}:{account}:database/{name}"],
  aws_iam_instance_profile: ["name", "iam::{account}:instance-profile{path}{name}"],
  aws_iam_policy: ["name", "iam::{account}:policy{path}{name}"],
  aws_iam_role: ["name", "iam::{account}:role{path}{name}"],
  aws_kms_alias: ["name", "kms:{region}:{account}:{name}"],
  aws_networkfirewall_firewall: ["name", "network-firewall:{region}:{account}:firewall/{name}"],
  aws_networkfirewall_firewall_policy: ["name", "network-firewall:{region}:{account}:firewall-policy/{name}"],
  aws_s3_bucket: ["bucket", "s3:::{name}"],
  aws_sns_topic: ["name", "sns:{region}:{account}:{name}"],
  aws_sqs_queue: ["name", "sqs:{region}:{account}:{name}"],
};

/** ARNs that end with an identifier. AWS adds six characters to a secret's name. */
const IDENTIFIED: Readonly<Record<string, string>> = {
  aws_acm_certificate: "acm:{region}:{account}:certificate/{id}",
  aws_kms_key: "kms:{region}:{account}:key/{id}",
  aws_kms_replica_key: "kms:{region}:{account}:key/{id}",
  aws_route53_zone: "route53:::hostedzone/{id}",
  aws_secretsmanager_secret: "secretsmanager:{region}:{account}:secret:{name}-??????",
  aws_security_group: "ec2:{region}:{account}:security-group/{id}",
  aws_subnet: "ec2:{region}:{account}:subnet/{id}",
  aws_vpc: "ec2:{region}:{account}:vpc/{id}",
};

/** Of a resource; undefined for a type of which no ARN is known here. */
export function arnOf(resource: Resource, place: AwsPlace, textOf: TextOf): string | undefined {
  const { type, attributes } = resource;
  const named = NAMED[type];
  const format = named?.[1] ?? IDENTIFIED[type];
  if (format === undefined || isElsewhere(attributes.provider)) return undefined;
  const name = nameOf(resource, named?.[0] ?? "name", textOf);
  const fill: Readonly<Record<string, string>> = {
    region: textOf(attributes.region) ?? place.region,
    account: place.account,
    path: textOf(attributes.path) ?? "/",
    name,
    id: type === "aws_kms_replica_key" ? lastPart(textOf(attributes.primary_key_arn)) : idOf(resource),
  };
  return `arn:${place.partition}:${format.replaceAll(/\{(\w+)\}/g, (_, key: string) => fill[key] ?? "")}`;
}

/** The identifier that AWS will give it. */
export function idOf({ stack, address }: Resource): string {
  return symbol(`${stack}/${address}`, "id");
}

/** The name, as far as it is known: what Terraform puts behind a prefix is unknown. */
export function nameOf({ stack, address, attributes }: Resource, attribute: string, textOf: TextOf): string {
  const name = textOf(attributes[attribute]);
  if (name !== undefined) return name;
  const prefix = textOf(attributes[`${attribute}_prefix`]);
  return `${prefix ?? ""}${symbol(`${stack}/${address}.${attribute}`, "id")}`;
}

/** A replica of a key has the identifier of the key that it is of. */
function lastPart(arn: string | undefined): string {
  return arn?.slice(arn.lastIndexOf("/") + 1) ?? symbol("a key that is not here");
}

/** Of a provider for another account or region. */
function isElsewhere(provider: Value): boolean {
  return isUnknown(provider) || (typeof provider === "string" && provider.includes("."));
}
