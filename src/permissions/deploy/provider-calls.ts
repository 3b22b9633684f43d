import type { CallTime } from "../../components/aws-call";
import published from "./provider-calls.json";

export type Deed = Exclude<CallTime, "run">;

export const deeds: readonly Deed[] = ["create", "read", "update", "delete"];

/** Actions of one deed, with spaces between, and where they are from. */
type PublishedCalls = Readonly<Partial<Record<Deed, string>>> & { readonly source: string };

const types: Readonly<Partial<Record<string, PublishedCalls>>> = published.types;

/** Types of which the calls are known. */
export const typesWithCalls: readonly string[] = Object.keys(types);

/** What was read: the version that cdktf.json and the bindings pin. */
export const providerVersion = "6.25.0";

const PROVIDER = `hashicorp/terraform-provider-aws ${providerVersion}`;

interface ProviderCalls {
  readonly source: string;
  readonly calls: Readonly<Record<Deed, readonly string[]>>;
}

const known = new Map<string, ProviderCalls | undefined>();

/** What the provider calls for a resource of a type; undefined of one that is not in the data. */
export function providerCalls(type: string): ProviderCalls | undefined {
  if (!known.has(type)) known.set(type, read(type));
  return known.get(type);
}

function read(type: string): ProviderCalls | undefined {
  const found = types[type];
  if (found === undefined) return undefined;
  const of = (deed: Deed) => found[deed]?.split(" ") ?? [];
  return {
    source: `${PROVIDER} ${found.source}`,
    calls: { create: of("create"), read: of("read"), update: of("update"), delete: of("delete") },
  };
}

/** Calls that the provider makes only where an attribute is set; the blocks of it that are resources of their own left out. */
export const onlyWith: Readonly<Partial<Record<string, Readonly<Partial<Record<string, string>>>>>> = {
  aws_iam_role: {
    "iam:AttachRolePolicy": "managed_policy_arns",
    "iam:DeleteRolePermissionsBoundary": "permissions_boundary",
    "iam:DeleteRolePolicy": "inline_policy",
    "iam:DetachRolePolicy": "managed_policy_arns",
    "iam:PutRolePermissionsBoundary": "permissions_boundary",
    "iam:PutRolePolicy": "inline_policy",
  },
  aws_cloudwatch_log_group: { "logs:PutLogGroupDeletionProtection": "deletion_protection_enabled" },
  aws_kms_key: { "kms:DisableKey": "is_enabled", "kms:EnableKey": "is_enabled" },
  aws_kms_replica_key: { "kms:DisableKey": "enabled", "kms:EnableKey": "enabled" },
  aws_lb: {
    "elasticloadbalancing:ModifyCapacityReservation": "minimum_load_balancer_capacity",
    "elasticloadbalancing:ModifyIpPools": "ipam_pools",
    "elasticloadbalancing:SetIpAddressType": "ip_address_type",
    "elasticloadbalancing:SetSecurityGroups": "security_groups",
  },
  aws_lb_listener: { "elasticloadbalancing:ModifyListenerAttributes": "tcp_idle_timeout_seconds" },
  aws_nat_gateway: { "ec2:DescribeAvailabilityZones": "availability_zone_address" },
  aws_networkfirewall_firewall: {
    "network-firewall:AssociateAvailabilityZones": "availability_zone_mapping",
    "network-firewall:DisassociateAvailabilityZones": "availability_zone_mapping",
    "network-firewall:UpdateAvailabilityZoneChangeProtection": "availability_zone_change_protection",
  },
  aws_route53_zone: {
    "route53:ChangeResourceRecordSets": "force_destroy",
    "route53:DisableHostedZoneDNSSEC": "force_destroy",
    "route53:GetDNSSEC": "force_destroy",
    "route53:UpdateHostedZoneFeatures": "enable_accelerated_recovery",
  },
  aws_s3_bucket: { "s3:DeleteObject": "force_destroy", "s3:ListBucketVersions": "force_destroy" },
  aws_secretsmanager_secret: {
    "secretsmanager:DeleteResourcePolicy": "policy",
    "secretsmanager:PutResourcePolicy": "policy",
    "secretsmanager:RemoveRegionsFromReplication": "replica",
    "secretsmanager:ReplicateSecretToRegions": "replica",
  },
};
