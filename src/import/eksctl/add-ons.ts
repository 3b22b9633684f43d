import type { Plain } from "../draft";
import { fact, factOrNone } from "../found/fact";
import type { FoundAddOn } from "../found/software";
import type { ImportOptions } from "../options";
import type { Part } from "../part";
import { KARPENTER, KARPENTER_SAYS } from "../settings/add-ons";
import { MIRROR_SAYS, mirrorSettings } from "../settings/network-parts";
import { isPrivate } from "./network";

export function addOnsIn(config: Part): readonly FoundAddOn[] {
  return config
    .at("addons")
    .items()
    .map((addOn) => {
      for (const key of OF_ROLES) addOn.at(key).plain();
      if (addOn.at("resolveConflicts").there) addOn.at("resolveConflicts").plain();
      const version = addOn.at("version");
      const written = version.text();
      const values = addOn.at("configurationValues");
      return {
        at: addOn,
        name: addOn.at("name").text() ?? "",
        ...(written !== undefined && written !== "latest" && { version: fact(written, version) }),
        ...valuesOf(values),
      };
    });
}

/** The platform's own. */
const OF_ROLES = [
  "wellKnownPolicies",
  "attachPolicyARNs",
  "attachPolicy",
  "useDefaultPodIdentityAssociations",
];

function valuesOf(part: Part): Pick<FoundAddOn, "values"> {
  const values = factOrNone(part.text(), part);
  return values === undefined ? {} : { values };
}

/** eksctl installs the controller alone; what nodes it makes, its objects said. */
export function karpenterOf(config: Part): Readonly<Record<string, Plain | undefined>> {
  const karpenter = config.at("karpenter");
  if (!karpenter.there) return {};
  karpenter.plain();
  karpenter.changed(KARPENTER_SAYS);
  return { karpenter: KARPENTER };
}

/** Without a way out images come from the account. */
export function mirrorOf(config: Part, { account }: ImportOptions): Readonly<Record<string, Plain>> {
  if (!isPrivate(config)) return {};
  config.at("privateCluster", "enabled").changed(MIRROR_SAYS);
  return mirrorSettings(account, config.at("metadata", "region").text() ?? "");
}
