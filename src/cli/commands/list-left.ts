import type { Fleet } from "../../config/target";
import { flat } from "../../plan-review/model/phrase";
import { bucketLister, oncePerBucket } from "../deploy/states/list-bucket";
import { tellLeftBehind } from "../deploy/states/tell";
import { count, print, say } from "../terminal";

/** All that is left of what no config makes any more; exit code 1 if there is something. */
export async function listLeft(fleet: Fleet, envs: string): Promise<void> {
  // Each line once: targets of one environment share a bucket.
  const lines = new Set<string>();
  const list = oncePerBucket(bucketLister());
  for (const target of fleet.targets) {
    say(`${target.name}: reading ${target.stateBucket}`);
    for (const line of await tellLeftBehind(fleet, target, envs, list)) lines.add(flat(line));
  }
  if (lines.size === 0)
    return print(`Nothing is left of what ${count(fleet.targets.length, "target")} no longer asks for.`);
  print([...lines].join("\n"));
  process.exitCode = 1;
}
