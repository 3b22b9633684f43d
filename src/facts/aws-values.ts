import type { ValueConstraint, TypeValues } from "./value-constraint";
import { awsApiValues } from "./aws-api-values";
import published from "./aws-values.json";

interface PublishedType {
  /** `AWS::IAM::Role` */
  readonly cloudFormation: string;
  readonly values: TypeValues;
}

/** Written by tools/aws-values, from CloudFormation's schemas of resource types. */
const publishedTypes: Readonly<Partial<Record<string, PublishedType>>> = published.types;

/**
 * Terraform appends 26 characters to a `name_prefix` (hashicorp/terraform-plugin-sdk helper/id, UniqueIDSuffixLength),
 * so that much less is left of the name.
 */
const SUFFIX_LENGTH = 26;

const prefixAttributes: Readonly<Record<string, string>> = {
  name: "name_prefix",
  bucket: "bucket_prefix",
  node_group_name: "node_group_name_prefix",
};

/** Resource types of which values are known. */
export const awsValueTypes: readonly string[] = [
  ...new Set([...Object.keys(published.types), ...Object.keys(awsApiValues)]),
].sort();

const known = new Map<string, TypeValues>();

/** What AWS takes for the attributes of a resource type; nothing of a type that is not in the data. */
export function awsValues(type: string): TypeValues {
  const found = known.get(type) ?? merge(type);
  known.set(type, found);
  return found;
}

function merge(type: string): TypeValues {
  const values: Record<string, ValueConstraint> = { ...publishedTypes[type]?.values };
  for (const [path, constraint] of Object.entries(awsApiValues[type] ?? {}))
    values[path] = { ...values[path], ...constraint };
  for (const [name, prefix] of Object.entries(prefixAttributes)) {
    const { maxLength } = values[name] ?? {};
    if (maxLength !== undefined) values[prefix] ??= { maxLength: maxLength - SUFFIX_LENGTH };
  }
  return values;
}
