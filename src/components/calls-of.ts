import type { AwsCall } from "./aws-call";

/** Where a controller runs. Values may be Terraform references. */
export interface ClusterPlace {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly clusterName: string;
}

/** Calls that a policy of ours allows beside the one that a registry module writes. */
export interface AllowedCalls {
  readonly sid: string;
  readonly actions: readonly string[];
  /** A tag that the resource must have. Left out: none, for actions that know no resources. */
  readonly resourceTag?: { readonly key: string; readonly value: string };
}

type Context = Readonly<Record<string, readonly string[]>>;

/** Calls of one purpose: actions of a service with spaces between, all on the same resources with the same context. */
export type Calls = (
  why: string,
  actions: string,
  resources: readonly string[],
  context?: Context,
) => AwsCall[];

/** Writes down calls of one service, all from one source. */
export function callsOf(service: string, source: string): Calls {
  return (why, actions, resources, context) =>
    actions.split(" ").map((action) => ({
      action: `${service}:${action}`,
      resources,
      ...(context && { context }),
      why,
      source,
      when: "run",
    }));
}

/** ARN of something of EC2 in the region; images and snapshots are without an account (Service Authorization Reference). */
export function ec2Arn({ partition, region, accountId }: ClusterPlace, resource: string): string {
  const account = /^(image|snapshot)\//.test(resource) ? "" : accountId;
  return `arn:${partition}:ec2:${region}:${account}:${resource}`;
}

/** Condition keys of tags that a request gives. A `*` is any value. */
export function requestTags(tags: Readonly<Record<string, string>>): Context {
  return {
    ...tagKeys("aws:RequestTag", tags),
    "aws:TagKeys": Object.keys(tags),
  };
}

/** Condition keys of tags that a resource has by then, by both of the names that EC2 knows for them. */
export function resourceTags(service: string, tags: Readonly<Record<string, string>>): Context {
  return { ...tagKeys("aws:ResourceTag", tags), ...tagKeys(`${service}:ResourceTag`, tags) };
}

function tagKeys(prefix: string, tags: Readonly<Record<string, string>>): Context {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`${prefix}/${key}`, [value]]));
}

/**
 * What EBS asks of KMS in the caller's name for a volume under a key of one's own (EBS User Guide, "Requirements for
 * Amazon EBS encryption"): the grant is for EC2, and each call comes by way of it.
 */
export function volumeKeyCalls(
  why: string,
  { region }: ClusterPlace,
  keyArns: readonly string[],
  suffix = "amazonaws.com",
): AwsCall[] {
  if (keyArns.length === 0) return [];
  const kms = callsOf("kms", "Amazon EBS User Guide, Requirements for Amazon EBS encryption");
  const through = { "kms:ViaService": [`ec2.${region}.${suffix}`] };
  return [
    ...kms(
      why,
      "DescribeKey Decrypt GenerateDataKeyWithoutPlaintext ReEncryptFrom ReEncryptTo",
      keyArns,
      through,
    ),
    ...kms(why, "CreateGrant", keyArns, { ...through, "kms:GrantIsForAWSResource": ["true"] }),
  ];
}
