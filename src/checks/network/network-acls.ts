import { largestRuleCount } from "../../network-acls/baseline";
import { aclInputOf } from "../../model/connected-ranges";
import type { TargetCheck } from "../finding";

/** AWS raises its quota to this and no further (VPC User Guide, "Amazon VPC quotas"). */
const MOST_RULES = 40;

/** The rules fit the quota: AWS would say so only when half of them are applied. */
export const networkAclCheck: TargetCheck = (target) => {
  const { networkAcls } = target.config.network;
  if (networkAcls.kind === "none") return [];
  const needed = largestRuleCount(aclInputOf(target, networkAcls));
  if (needed <= networkAcls.rulesPerDirection) return [];
  const remedy =
    needed > MOST_RULES
      ? `AWS allows at most ${MOST_RULES}: list fewer, wider ranges or fewer ports`
      : `have the quota L-2AEEBF1A raised and write rulesPerDirection: ${needed}, or list fewer ranges or ports`;
  return [
    {
      path: ["network", "networkAcls"],
      value: "baseline",
      message: `needs ${needed} rules in one direction, and ${networkAcls.rulesPerDirection} are allowed; ${remedy}`,
      related: [["network", "connections"]],
    },
  ];
};
