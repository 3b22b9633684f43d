import { type StackName, stackNames, isPlatformStack } from "./stack-names";
import { type StackRecord, stackRecords } from "./stack-records";

/** What is known of a stack that a project adds. Every target has it unless `isUsed` says otherwise. */
export interface OwnStackRecord extends StackRecord {
  readonly name: string;
}

/** Said once, before any target is read: like the platform's own stacks they are a part of the program. */
let ownStacks: readonly OwnStackRecord[] = [];

/** Adds a project's stacks, each after those that it names; in place of those that were added before. */
export function setOwnStacks(records: readonly OwnStackRecord[]): void {
  ownStacks = records.map((each) => ({ isUsed: () => true, ...each }));
}

/** Every stack that a target can have, in the order in which they are deployed: one's own right after the last that it needs. */
export function allStacks(): readonly StackName[] {
  return ownStacks.reduce<readonly StackName[]>((order, { name, after }) => {
    const at = Math.max(...after.map((each) => order.indexOf(each))) + 1;
    return order.toSpliced(at, 0, name);
  }, stackNames);
}

export function isStackName(name: string): boolean {
  return isPlatformStack(name) || ownStacks.some((each) => each.name === name);
}

/** What is known of a stack, of the platform's or of one's own. */
export function stackRecord(name: StackName): StackRecord {
  if (isPlatformStack(name)) return stackRecords[name];
  return ownStacks.find((each) => each.name === name) ?? NOTHING_KNOWN;
}

/** Of a stack that was here once: its state may still be there. */
const NOTHING_KNOWN: StackRecord = { holds: "", after: [] };
