/** What a service takes as tags. Sizes are in characters. */
export interface TagLimits {
  /** Tags of one resource, without those that AWS itself writes. */
  readonly count: number;
  readonly key: number;
  readonly value: number;
  /** Characters of keys and values; left out where any are taken. */
  readonly characters?: RegExp;
  /** Upper and lower case are the same key. */
  readonly ignoresCase?: boolean;
}

/** Tagging AWS Resources User Guide, "Tag naming limits and requirements": what a service takes that says nothing else. */
const usual: TagLimits = { count: 50, key: 128, value: 256, characters: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u };
const { characters: _, ...anyCharacter } = usual;

/** By how the names of Terraform's resource types begin; the first that fits. */
const SERVICES: readonly (readonly [types: RegExp, limits: TagLimits])[] = [
  // EC2 User Guide, "Tag restrictions": characters of keys and values are free.
  [
    /^aws_(vpc|subnet|route$|route_table|nat_gateway|eip|internet_gateway|egress_only|security_group|network_acl|network_interface|launch_template|ec2_|flow_log|ebs_|instance|default_)/,
    anyCharacter,
  ],
  // IAM User Guide, "Rules for tagging in IAM and AWS STS".
  [/^aws_iam_/, { ...usual, ignoresCase: true }],
  // S3 User Guide, "Categorizing your objects using tags".
  [/^aws_s3_object/, { ...usual, count: 10 }],
  // Network Firewall API Reference, CreateFirewall and Tag.
  [/^aws_networkfirewall_/, { ...anyCharacter, count: 200, value: 255 }],
  // Route 53 API Reference, CreateResolverEndpoint (Resolver) and ChangeTagsForResource.
  [/^aws_route53_resolver_/, { ...usual, count: 200 }],
  [/^aws_route53_/, { ...usual, count: 10 }],
];

/** Types with tags and no other values that are known. */
export const taggedTypes: readonly string[] = [
  "aws_default_network_acl",
  "aws_default_route_table",
  "aws_default_security_group",
  "aws_internet_gateway",
  "aws_vpc_peering_connection_accepter",
];

export function tagLimits(type: string): TagLimits {
  return SERVICES.find(([types]) => types.test(type))?.[1] ?? usual;
}
