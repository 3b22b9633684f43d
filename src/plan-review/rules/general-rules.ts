import { listed, say, words } from "../model/phrase";
import { finding, type Rule } from "./rule";

/** What holds for every resource, for those that no other rule knows. */
export const generalRule: Rule = (change) => {
  switch (change.action) {
    case "replace":
      return isHarmless(change.type)
        ? [finding("REPLACED", say`replaces ${change.address}`, { impact: "routine", why: NOTHING_REAL })]
        : [finding("REPLACED", say`replaces ${change.address}`)];
    case "delete":
      return isHarmless(change.type)
        ? [finding("DELETED", say`deletes ${change.address}`, { impact: "routine", why: NOTHING_REAL })]
        : [finding("DELETED", say`deletes ${change.address}`)];
    case "forget":
      return [finding("FORGOTTEN", say`lets ${change.address} out of Terraform's hands`)];
    case "unknown":
      return [finding("UNKNOWN-ACTION", say`does ${listed(change.rawActions)} to ${change.address}`)];
    case "no-op":
    case "read":
    case "create":
    case "update":
      return [];
  }
};

const NOTHING_REAL = "It stands only in Terraform's state.";

/** Resources that exist nowhere but in the state. */
function isHarmless(type: string): boolean {
  return /^(terraform_data|null_resource|time_|random_)/.test(type);
}

/** An object that an interrupted replacement left behind. */
export const deposedRule: Rule = (change) =>
  change.deposed !== undefined && change.action === "delete"
    ? [
        finding("DELETED", words("deletes what an earlier, interrupted replacement left behind"), {
          impact: "routine",
          why: "The new object is in use already.",
        }),
      ]
    : [];
