/**
 * Rules besides the domain list, in the order in which they are looked at (Suricata, strict order).
 *
 * Load balancers stand in public subnets, whose routes lead to workloads through the firewall, because return traffic
 * of the NAT gateways has to. What they exchange with workloads is no egress and passes. Of the rest only TCP goes on
 * to the domain list: the policy's `drop_established` lets the first packet of a UDP exchange out, which is enough to
 * carry data off.
 */
export function baseRules(): string {
  return [
    'pass ip $PUBLIC_NET any <> $HOME_NET any (msg:"Load balancers and workloads"; sid:1000001; rev:1;)',
    'drop ip $HOME_NET any -> any any (msg:"Only TCP leaves"; ip_proto:!TCP; sid:1000002; rev:1;)',
  ].join("\n");
}

/** Rules that a group can hold, for ever: it can't be changed after creation. A policy has room for 30,000. */
export const DOMAIN_RULE_CAPACITY = 1000;
export const BASE_RULE_CAPACITY = 10;
