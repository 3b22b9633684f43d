import type { GivenTarget } from "../given-target";
import { usedRecords } from "../used-components";
import { allStacks, stackRecord } from "./own-stacks";
import type { StackName } from "./stack-names";

type Config = Pick<GivenTarget, "config" | "name">;
type WithStacks = { readonly stacks: readonly StackName[] };

/** Stacks of a target, in the order in which they are deployed. */
export function stacksOf(target: Config): readonly StackName[] {
  const ofComponents = new Set<StackName>(usedRecords(target.config).map(({ stack }) => stack));
  return allStacks().filter((name) => ofComponents.has(name) || stackRecord(name).isUsed?.(target));
}

/** Stacks of this target that must be deployed before `name`; one that the target lacks stands for those before it. */
export function stacksBefore(name: StackName, target: WithStacks): readonly StackName[] {
  const there = new Set(target.stacks);
  const found = new Set<StackName>();
  const visit = (each: StackName): void =>
    stackRecord(each).after.forEach((one) => (there.has(one) ? found.add(one) : visit(one)));
  visit(name);
  return allStacks().filter((each) => found.has(each));
}

/** Of the stacks before this one, those that are before no other of them. */
export function directlyBefore(name: StackName, target: WithStacks): readonly StackName[] {
  const all = stacksBefore(name, target);
  return all.filter(
    (each) => !all.some((other) => other !== each && stacksBefore(other, target).includes(each)),
  );
}

/** Stacks that stand on `name` in any target, directly or not, whether a target has them or no longer. */
export function stacksAfter(name: StackName): readonly StackName[] {
  const found = new Set<StackName>([name]);
  // Deployed in this order, so each is looked at after all that it stands on.
  for (const each of allStacks()) {
    if (stackRecord(each).after.some((one) => found.has(one))) found.add(each);
  }
  return allStacks().filter((each) => each !== name && found.has(each));
}
