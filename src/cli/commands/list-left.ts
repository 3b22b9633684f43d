import { counted } from "../../text/counted";
import type { LoadOptions } from "../../fleet/load-fleet";
import type { Fleet, Target } from "../../model/target";
import { flat, type Phrase } from "../../plan-review/model/phrase";
import { fleetAt } from "../deploy/fleet-at";
import { goneEnvironments } from "../deploy/states/gone-environments";
import { bucketLister, oncePerBucket } from "../deploy/states/list-bucket";
import { tellLeftBehind } from "../deploy/states/tell";
import { print, say } from "../terminal";

/**
 * All that is left of what no config makes any more; exit code 1 if there is something. Of some targets only, environments that are
 * gone are left out: who asks for those has credentials of these.
 */
export async function listLeft(
  fleet: Fleet,
  targets: readonly Target[],
  envs: string,
  options: LoadOptions,
): Promise<void> {
  // Each line once: targets of one environment share a bucket.
  const lines = new Set<string>();
  const list = oncePerBucket(bucketLister());
  const tell = async (target: Target): Promise<Phrase[]> => {
    say(`${target.name}: reading ${target.stateBucket}`);
    return await tellLeftBehind(fleet, target, envs, list);
  };
  for (const target of targets) for (const line of await tell(target)) lines.add(flat(line));
  const isWhole = targets.length === fleet.targets.length;
  const gone = isWhole ? goneEnvironments(fleet, envs, (commit) => fleetAt(commit, envs, options)) : [];
  for (const { targets, doubt } of gone) {
    if (doubt !== undefined) lines.add(`Not known: ${doubt}.`);
    // One of them names the bucket in which all of them are.
    for (const target of targets.slice(0, 1)) for (const line of await tell(target)) lines.add(flat(line));
  }
  if (lines.size === 0)
    return print(
      `Nothing is left behind: no state of ${counted(targets.length, "target")} holds what the config no longer has.`,
    );
  print([...lines].join("\n"));
  process.exitCode = 1;
}
