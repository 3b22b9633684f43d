import type { CiJob } from "./job";

/** What is said of jobs that a CI would not run once for each of their places, because it takes no more than `most`. */
export function tooManyPlaces(jobs: readonly CiJob[], most: number): string[] {
  return jobs.flatMap(({ id, places }) => {
    const count = places.kind === "targets" || places.kind === "accounts" ? places.targets.length : 0;
    if (count <= most) return [];
    return [`${id}: its CI takes at most ${most} in a matrix, this has ${count}; divide the environment`];
  });
}
