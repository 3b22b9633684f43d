import type { Fleet, Target } from "../../../model/target";
import type { Phrase } from "../../../plan-review/model/phrase";
import { lastCommitWith } from "./last-commit";
import { leftBehind } from "./left-behind";
import { leftBehindLines } from "./left-behind-text";
import { bucketLister, type StateLister } from "./list-bucket";

/** What a target's account still has and no config makes, a line each; also what could not be looked for. */
export async function tellLeftBehind(
  fleet: Fleet,
  target: Target,
  envs: string,
  list: StateLister = bucketLister(),
): Promise<Phrase[]> {
  const left = await leftBehind(fleet, target, list);
  return leftBehindLines(target, left, (name) => lastCommitWith(envs, name));
}
