import type { Construct } from "constructs";
import type { OwnStackRecord } from "../model/stacks/own-stacks";
import type { Target } from "../model/target";
import { present } from "../text/errors";
import type { OutputContract } from "./base/output-contract";
import type { PlatformStack, PlatformStackProps } from "./base/platform-stack";

export type StackClass = new (scope: Construct, props: PlatformStackProps) => PlatformStack;

/** A stack that a project adds to its targets. */
export interface OwnStack extends OwnStackRecord {
  readonly stack: StackClass;
  /** What others may read of its state; the stack itself gives the values by `publish`. @default nothing */
  readonly publishes?: OutputContract;
}

/** Changes what a stack holds, when all of it is there and nothing of it was read. */
export type Override = (stack: PlatformStack, target: Target) => void;

let own: readonly OwnStack[] = [];
let override: Override = () => {};

/** Says what a project adds and changes, in place of what was said before. */
export function setOwnConstructs(stacks: readonly OwnStack[], change: Override = () => {}): void {
  own = stacks;
  override = change;
}

export function ownClass(name: string): StackClass {
  return present(
    own.find((each) => each.name === name),
    `the class of stack ${name}`,
  ).stack;
}

export function ownContract(name: string): OutputContract {
  return own.find((each) => each.name === name)?.publishes ?? {};
}

export function applyOverride(stack: PlatformStack, target: Target): void {
  override(stack, target);
}
