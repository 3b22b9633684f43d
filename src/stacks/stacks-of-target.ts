import type { Target } from "../config/target";
import { type StackName, stackNames } from "./state-location";

/** Stacks of a target, in the order in which they are deployed: those that have something to hold. */
export function stacksOf({ config }: Pick<Target, "config">): readonly StackName[] {
  const isEmpty: Partial<Record<StackName, boolean>> = {
    // Stays as long as the feature is on: without policies it takes away what it made.
    policies: config.cni.securityGroupsForPods === undefined,
  };
  return stackNames.filter((name) => isEmpty[name] !== true);
}
