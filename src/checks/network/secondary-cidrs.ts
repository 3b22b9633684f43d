import { type Cidr, formatCidr } from "../../ip-capacity/cidr";
import { associationProblem } from "../../ip-capacity/vpc-cidr-association";
import type { ConfigPath } from "../../config/read/source-node";
import type { ConfiguredTier } from "../../model/subnets";
import type { Finding, TargetCheck } from "../finding";

/** AWS takes the further ranges, and each serves one tier: its layout leaves no room for a second. */
export const secondaryCidrCheck: TargetCheck = ({ config }) => {
  const { vpcCidr, secondaryCidrs, subnets } = config.network;
  const associations = secondaryCidrs.flatMap((secondary, index): Finding[] => {
    const others = secondaryCidrs.filter((_, other) => other !== index);
    const message = associationProblem(vpcCidr, secondary, others);
    if (message === undefined) return [];
    return [{ path: ["network", "secondaryCidrs", index], value: formatCidr(secondary), message }];
  });

  const owners = new Map<string, ConfiguredTier>();
  const ranges = (Object.keys(subnets) as ConfiguredTier[]).flatMap((tier): Finding[] => {
    const configured = subnets[tier];
    if (configured === undefined || !("from" in configured) || configured.from === undefined) return [];
    const path: ConfigPath = ["network", "subnets", tier, "from"];
    const value = formatCidr(configured.from);
    if (!secondaryCidrs.some((cidr) => isSame(cidr, configured.from))) {
      return [{ path, value, message: `is not in network.secondaryCidrs; add it there` }];
    }
    const owner = owners.get(value);
    owners.set(value, tier);
    if (owner === undefined) return [];
    return [{ path, value, message: `serves ${owner} already; write a secondary range of its own` }];
  });
  return [...associations, ...ranges];
};

function isSame(a: Cidr, b: Cidr | undefined): boolean {
  return b !== undefined && a.base === b.base && a.prefix === b.prefix;
}
