import { forcingAttributes } from "./forcing-attributes";
import published from "./create-only.json";

interface CreateOnly {
  readonly cloudFormation: string;
  /** Attributes that AWS takes at creation only, under Terraform's names. */
  readonly attributes: readonly string[];
  /** Properties that AWS takes at creation only and for which the resource has no attribute. */
  readonly withoutAttribute?: readonly string[];
}

const types: Readonly<Record<string, CreateOnly>> = published.types;

/** By Terraform's type, written by tools/provider-replacements. A map: a plan may name a type `constructor`. */
export const createOnly: ReadonlyMap<string, CreateOnly> = new Map(Object.entries(types));

const IN_PLACE = "the provider changes it in place, by another call than CloudFormation's";
const REFUSED = "the provider's schema lets it change; AWS refuses it, or the change is not sent";
const SOME_VALUES = "the provider replaces for some values only";

/** Attributes that AWS takes at creation only and that don't always force a replacement, and why. */
export const disagreements: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  aws_acmpca_certificate_authority: { usage_mode: REFUSED },
  aws_ec2_transit_gateway_vpc_attachment: { subnet_ids: IN_PLACE },
  aws_eks_cluster: { encryption_config: SOME_VALUES },
  aws_networkfirewall_rule_group: { type: REFUSED },
  aws_route53_resolver_query_log_config: { tags: IN_PLACE },
  aws_route_table_association: { route_table_id: IN_PLACE },
  aws_vpc_security_group_egress_rule: {
    cidr_ipv4: IN_PLACE,
    cidr_ipv6: IN_PLACE,
    from_port: IN_PLACE,
    ip_protocol: IN_PLACE,
    prefix_list_id: IN_PLACE,
    referenced_security_group_id: IN_PLACE,
    to_port: IN_PLACE,
  },
  aws_vpc_security_group_ingress_rule: {
    cidr_ipv4: IN_PLACE,
    cidr_ipv6: IN_PLACE,
    from_port: IN_PLACE,
    ip_protocol: IN_PLACE,
    prefix_list_id: IN_PLACE,
    referenced_security_group_id: IN_PLACE,
    to_port: IN_PLACE,
  },
};

/** Whether AWS itself takes the attribute at creation only, as the provider's source does. */
export function isCreateOnly(type: string, attribute: string): boolean {
  const forced = forcingAttributes.get(type)?.attributes.includes(attribute) ?? false;
  return forced && (createOnly.get(type)?.attributes.includes(attribute) ?? false);
}
