import { at, items, text, type Value } from "../../values/value";
import type { Resource } from "../../guardrails/resource";
import { hasLabels } from "../mesh/workloads";
import { type Keys, type Key } from "./keys";
import { targetOf } from "./network";

/** Pods as far as it decides about their interfaces. */
export interface GroupedPods {
  readonly namespace: string;
  readonly labels: Parameters<typeof hasLabels>[1];
  /** SecurityGroupPolicy that selects their service account by its labels; false: none does. Undefined: nobody knows. */
  readonly groupsByAccount?: string | false;
}

/** Security groups that single pods have at an interface of their own, in place of their node's (EKS User Guide, "Assign security groups to individual Pods"). */
export interface PodGroups {
  readonly namespace: string;
  readonly name: string;
  readonly pods: Value;
  /** By the labels of a service account, which only the running cluster knows. */
  readonly byAccount: boolean;
  readonly securityGroups: readonly Key[];
}

export function podGroupsOf(resources: readonly Resource[], target: string, keys: Keys): PodGroups[] {
  return resources
    .filter(({ type, stack }) => type === "k8s:SecurityGroupPolicy" && targetOf(stack) === target)
    .map(({ attributes, stack }) => ({
      namespace: text(at(attributes.metadata, "namespace")),
      name: text(at(attributes.metadata, "name")),
      pods: at(attributes.spec, "podSelector"),
      byAccount: at(attributes.spec, "serviceAccountSelector") !== undefined,
      securityGroups: items(at(attributes.spec, "securityGroups", "groupIds")).flatMap((each) =>
        keys.keys(each, stack),
      ),
    }));
}

/** Groups that pods have of their own, and whether that is sure. */
export function groupsOfPods(
  all: readonly PodGroups[],
  { namespace, labels, groupsByAccount }: GroupedPods,
): { readonly sure: boolean; readonly securityGroups: readonly Key[] } | undefined {
  for (const { pods, byAccount, securityGroups, ...policy } of all) {
    if (policy.namespace !== namespace) continue;
    if (byAccount && groupsByAccount !== undefined && groupsByAccount !== policy.name) continue;
    const accountKnown = !byAccount || groupsByAccount !== undefined;
    if (pods === undefined) {
      if (byAccount) return { sure: accountKnown, securityGroups };
      continue;
    }
    const selected = hasLabels(at(pods, "matchLabels"), labels);
    const exact = at(pods, "matchExpressions") === undefined && accountKnown;
    if (selected === false) continue;
    return { sure: selected === true && exact, securityGroups };
  }
  return undefined;
}
