import { type Plain, settingsOrNone } from "../draft";
import type { Fact } from "../found/fact";

/** Tags that the platform, Kubernetes, AWS or the tool that made it sets where they belong. */
const OF_OTHERS = /^(kubernetes\.io\/|karpenter\.|eks:|octarine|alpha\.eksctl\.io\/|aws:|k8s\.io\/|Name$)/i;

/** Tags that modules set by themselves, and which say no more than what a thing is. */
export const OF_MODULES = /^(Name|terraform-aws-modules)$/;

export function isOfOthers(key: string): boolean {
  return OF_OTHERS.test(key) || OF_MODULES.test(key);
}

/** Those of an owner. */
export function tagSettings(tags: readonly (readonly [string, Fact<string>])[]): Plain | undefined {
  return settingsOrNone(
    Object.fromEntries(
      tags.map(([key, { value, at }]) => {
        if (!OF_OTHERS.test(key)) return [key, value];
        at.lost("the platform sets tags of Kubernetes, Karpenter and its own where they belong");
        return [key, undefined];
      }),
    ),
  );
}
