import { isAbsent, items, text } from "../../values/value";
import { hop, type Decider, type Hop } from "../hop";
import { deciderOf, Keys, type Key } from "./keys";

/** What answers lookups of a VPC otherwise than its resolver alone does. */
export interface OtherResolution {
  readonly vpc: Key;
  readonly by: Decider;
  readonly says: string;
}

/** What the resolver is by DHCP (VPC User Guide, "DHCP option sets in Amazon VPC"). */
const OWN_RESOLVER = ["AmazonProvidedDNS", "169.254.169.253"];

/** Name servers of DHCP options, and rules of Route 53 Resolver DNS Firewall, whose lists of domains are not read. */
export function otherResolutions(keys: Keys): OtherResolution[] {
  const options = new Map(keys.ofType("aws_vpc_dhcp_options").map((each) => [Keys.of(each), each]));
  const byDhcp = keys.ofType("aws_vpc_dhcp_options_association").flatMap((each): OtherResolution[] => {
    const vpc = keys.key(each.attributes.vpc_id, each.stack) ?? "?vpc_id";
    const key = keys.key(each.attributes.dhcp_options_id, each.stack) ?? "?dhcp_options_id";
    const found = options.get(key);
    const servers = found?.attributes.domain_name_servers;
    if (found !== undefined && isAbsent(servers)) return [];
    if (found !== undefined && items(servers).every((one) => OWN_RESOLVER.includes(text(one)))) return [];
    const { address } = deciderOf(key);
    const says =
      found === undefined
        ? `${address} says which name servers nodes ask, and is not in the stacks`
        : `by ${address} nodes ask ${items(servers).map(text).join(", ")}, and what these answer is not in the stacks`;
    return [{ vpc, by: deciderOf(found === undefined ? Keys.of(each) : key), says }];
  });
  const byFirewall = keys
    .ofType("aws_route53_resolver_firewall_rule_group_association")
    .map((each): OtherResolution => ({
      vpc: keys.key(each.attributes.vpc_id, each.stack) ?? "?vpc_id",
      by: deciderOf(Keys.of(each)),
      says: `which names the DNS firewall of ${each.address} lets pass is not read`,
    }));
  return [...byDhcp, ...byFirewall];
}

/** Of a VPC whose lookups others answer or filter; nothing of others. */
export function otherwiseResolved(others: readonly OtherResolution[], vpc: Key): Hop[] {
  return others
    .filter((each) => each.vpc === vpc)
    .map(({ by, says }) => hop("name resolution", "undecided", [by], says));
}
