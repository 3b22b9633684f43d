import type { ConfigPath } from "../../config/read/source-node";
import { MOST_TAGS } from "../../config/schema/tags";
import type { Finding, TargetCheck } from "../finding";

/**
 * Tags by which EKS, its controllers and Karpenter find their own: on everything they would choose the wrong ones, and Karpenter
 * refuses some of them in an EC2NodeClass (v1.14.1, pkg/apis/v1/labels.go, RestrictedTagPatterns).
 */
const OWNED_TAGS = ["kubernetes.io/", "karpenter.sh/", "karpenter.k8s.aws/", "eks:", "octarine:"];

export const tagCheck: TargetCheck = ({ config }) => [
  ...ownedTagFindings(["tags"], config.tags),
  ...Object.entries(config.nodes).flatMap(([name, { tags }]) => [
    ...ownedTagFindings(["nodes", name, "tags"], tags),
    ...mergedTagFindings(["nodes", name, "tags"], { ...config.tags, ...tags }),
  ]),
];

function ownedTagFindings(path: ConfigPath, tags: Readonly<Record<string, string>>): Finding[] {
  return Object.keys(tags)
    .filter((tag) => OWNED_TAGS.some((owned) => tag.startsWith(owned)))
    .map((tag) => ({ path: [...path, tag], message: "is set by the platform where it belongs; remove it" }));
}

/** A group's tags stand beside the target's, within the same limits. */
function mergedTagFindings(path: ConfigPath, all: Readonly<Record<string, string>>): Finding[] {
  const names = Object.keys(all);
  const related = [["tags"]];
  const twice = names.find((name, index) =>
    names.slice(0, index).some((other) => other.toLowerCase() === name.toLowerCase()),
  );
  if (twice !== undefined) {
    const message = `has ${twice} in a different case from tags, and IAM takes them for one; write it the same way`;
    return [{ path, message, related }];
  }
  if (names.length <= MOST_TAGS) return [];
  const message = `makes ${names.length} tags with the target's, and at most ${MOST_TAGS} fit on a resource; remove some`;
  return [{ path, message, related }];
}
