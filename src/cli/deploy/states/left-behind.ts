import type { Fleet, Target } from "../../../model/target";
import { allStacks } from "../../../model/stacks/own-stacks";
import { CommandFailure } from "../../report-error";
import { Interrupted } from "../child";
import type { StateLister } from "./list-bucket";
import { readStates, type StateOf } from "./read-state";

/** What an account still has of stacks that no config makes any more. */
export interface LeftBehind {
  /** Of the target itself. */
  readonly layers: readonly LeftStack[];
  /** Targets of its environment that have states and no file. */
  readonly targets: readonly LeftTarget[];
  /** What could not be looked for, and why: never nothing in place of an answer. */
  readonly doubts: readonly string[];
}

export interface LeftStack {
  readonly stack: string;
  /** Objects that its state holds. */
  readonly resources: number;
}

export interface LeftTarget {
  readonly workspace: string;
  readonly stacks: readonly LeftStack[];
}

/** Some stacks' states, those that hold nothing left out. */
export type StateReader = typeof readStates;

/**
 * Finds what is left of stacks that the config no longer has. The bucket's listing narrows down what to read. Where it can't be
 * listed, or knows nothing of the target at all (it was never deployed, or another S3 answered), Terraform is asked for each
 * stack that the target could have.
 *
 * @param fleet all targets, so that none of them counts as gone
 * @param target names the bucket; its layers count where the fleet has it
 */
export async function leftBehind(
  fleet: Fleet,
  target: Target,
  list: StateLister,
  read: StateReader = readStates,
): Promise<LeftBehind> {
  const listing = await list(target);
  const ours = new Set<string>(target.stacks);
  const known = "states" in listing ? listing.states : undefined;
  const workspaces = new Set(fleet.targets.map((each) => each.workspace));
  const own = (known ?? []).filter(({ workspace }) => workspace === target.workspace);
  const all = allStacks().map((stack) => ({ workspace: target.workspace, stack }));
  // Where the target itself is gone, its layers are no news.
  const wanted: readonly StateOf[] = !workspaces.has(target.workspace) ? [] : own.length > 0 ? own : all;
  const strangers = (known ?? []).filter(({ workspace }) => !workspaces.has(workspace));

  const doubts: string[] = [];
  const layers = await orDoubt(doubts, `layers of ${target.name}`, async () =>
    read(
      target,
      wanted.filter(({ stack }) => !ours.has(stack)),
    ),
  );
  const others = await orDoubt(doubts, `other targets of ${target.stateBucket}`, async () =>
    read(target, strangers),
  );
  if ("failure" in listing) {
    doubts.push(
      `the states of ${target.stateBucket} could not be listed (${listing.failure}), so nothing was looked for that belongs to targets whose files are gone`,
    );
  }
  const held = others.filter((each) => holdsAny(sized(each)));
  return {
    layers: layers.map(sized).filter(holdsAny).sort(byOrder),
    targets: [...new Set(held.map(({ workspace }) => workspace))].sort().map((workspace) => ({
      workspace,
      stacks: held
        .filter((each) => each.workspace === workspace)
        .map(sized)
        .sort(byOrder),
    })),
    doubts,
  };
}

type Read = Awaited<ReturnType<StateReader>>;

/** Without the object that only holds a stack to its workspace; a state with nothing else has nothing. */
function sized({ stack, state }: Read[number]): LeftStack {
  return { stack, resources: state.objects.filter(({ type }) => type !== "terraform_data").length };
}

function holdsAny({ resources }: LeftStack): boolean {
  return resources > 0;
}

async function orDoubt(doubts: string[], what: string, read: () => Promise<Read>): Promise<Read> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof CommandFailure) || error instanceof Interrupted) throw error;
    doubts.push(
      `whether the states still hold ${what} that no config has could not be found out: ${error.message}`,
    );
    return [];
  }
}

/** In the order in which they can go; stacks that this version does not know come first. */
function byOrder(a: LeftStack, b: LeftStack): number {
  return rank(b.stack) - rank(a.stack) || (a.stack < b.stack ? -1 : 1);
}

function rank(stack: string): number {
  const all = allStacks();
  return all.includes(stack) ? all.indexOf(stack) : all.length;
}
