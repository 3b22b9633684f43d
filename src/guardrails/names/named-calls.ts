import type { CallRequest } from "../iam/request";
import type { AwsPlace, Resource } from "../resource";
import { isUnknown, text, Unknown, type Value } from "../../values/value";

/**
 * IAM and S3 look at the name in what they permit; all else that the platform makes is permitted by service and region.
 * Calls of Terraform's provider for each type, on the name (service authorization reference, "Actions").
 */
const CALLS: Readonly<Record<string, readonly string[]>> = {
  aws_iam_role: [
    "iam:CreateRole",
    "iam:TagRole",
    "iam:PutRolePolicy",
    "iam:UpdateAssumeRolePolicy",
    "iam:DeleteRolePolicy",
    "iam:DeleteRole",
  ],
  aws_iam_policy: ["iam:CreatePolicy", "iam:TagPolicy", "iam:CreatePolicyVersion", "iam:DeletePolicy"],
  aws_iam_instance_profile: [
    "iam:CreateInstanceProfile",
    "iam:TagInstanceProfile",
    "iam:AddRoleToInstanceProfile",
    "iam:DeleteInstanceProfile",
  ],
  aws_iam_role_policy_attachment: ["iam:AttachRolePolicy", "iam:DetachRolePolicy"],
  aws_s3_bucket: ["s3:CreateBucket", "s3:PutBucketTagging", "s3:DeleteBucket"],
};

/** Resource types whose names the deploy role's policy limits. */
export const limitedTypes: readonly string[] = Object.keys(CALLS);

/** As Terraform completes a `name_prefix`: the time, and a counter in eight hexadecimal digits. */
const COMPLETION = "20260101000000000000000001";

/** The calls that make a resource and take it away, as IAM sees them. None where the name is not known yet. */
export function callsOf(resource: Resource, place: AwsPlace): CallRequest[] {
  const arn = arnOf(resource, place);
  if (arn === undefined) return [];
  return (CALLS[resource.type] ?? []).map((action) => ({
    action,
    resource: arn,
    context: contextOf(resource, { ...place, region: regionOf(action, place) }),
  }));
}

/** IAM has one endpoint in a partition, whatever region a provider is of (IAM User Guide, aws:RequestedRegion). */
export function iamRegion(partition: string): string {
  return partition === "aws-us-gov" ? "us-gov-west-1" : "us-east-1";
}

function regionOf(action: string, { partition, region }: AwsPlace): string {
  return action.startsWith("iam:") ? iamRegion(partition) : region;
}

function arnOf({ type, attributes }: Resource, { partition, account }: AwsPlace): string | undefined {
  const named = (kind: string, name = nameOf(attributes.name, attributes.name_prefix)) =>
    name === undefined
      ? undefined
      : `arn:${partition}:iam::${account}:${kind}${pathOf(attributes.path)}${name}`;
  switch (type) {
    case "aws_iam_role":
      return named("role");
    case "aws_iam_policy":
      return named("policy");
    case "aws_iam_instance_profile":
      return named("instance-profile");
    case "aws_iam_role_policy_attachment":
      return named("role", nameOf(attributes.role, undefined));
    case "aws_s3_bucket": {
      const name = nameOf(attributes.bucket, attributes.bucket_prefix);
      return name === undefined ? undefined : `arn:${partition}:s3:::${name}`;
    }
    default:
      return undefined;
  }
}

function nameOf(name: Value, prefix: Value): string | undefined {
  if (typeof name === "string" && name !== "") return name;
  return typeof prefix === "string" && prefix !== "" ? `${prefix}${COMPLETION}` : undefined;
}

function pathOf(path: Value): string {
  return typeof path === "string" && path !== "" ? path : "/";
}

/** Condition keys that the calls carry and that a deploy role is limited by. */
function contextOf({ attributes }: Resource, { account, region }: AwsPlace): CallRequest["context"] {
  const { permissions_boundary: boundary, policy_arn: policy } = attributes;
  return {
    "aws:requestedregion": [region],
    "aws:resourceaccount": [account],
    ...carried("iam:permissionsboundary", boundary),
    ...carried("iam:policyarn", policy),
  };
}

function carried(key: string, value: Value): CallRequest["context"] {
  if (isUnknown(value)) return { [key]: new Unknown(value.given, value.text) };
  return text(value) === "" ? {} : { [key]: [text(value)] };
}
