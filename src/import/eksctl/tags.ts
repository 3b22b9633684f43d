import { type Plain, settingsOrNone } from "../draft";
import type { Part } from "../part";

/** Tags that the platform, Kubernetes or eksctl sets where they belong. */
const OF_OTHERS = /^(kubernetes\.io\/|karpenter\.|eks:|octarine|alpha\.eksctl\.io\/|aws:|Name$)/i;

export function tagsOf(tags: Part): Plain | undefined {
  return settingsOrNone(
    Object.fromEntries(
      tags.entries().map(([key, value]) => {
        if (!OF_OTHERS.test(key)) return [key, value.text()];
        value.lost("the platform sets tags of Kubernetes, Karpenter and its own where they belong");
        return [key, undefined];
      }),
    ),
  );
}
