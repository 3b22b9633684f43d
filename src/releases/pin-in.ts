import type { Pin, ReleasePins } from "../components/pin";
import { Fault, present } from "../text/errors";
import { type ReleaseName, releaseNames } from "./names";

/**
 * The pin of a release: its own, or the newest before it. A release that is older than the first has that one, marked by the
 * release since which it is there: the matrix refuses targets that install it.
 */
export function pinIn<Of extends Pin>(pins: ReleasePins<Of>, release: ReleaseName): Of {
  const until = releaseNames.slice(0, releaseNames.indexOf(release) + 1);
  const newest = until.flatMap((name) => pins[name] ?? []).at(-1);
  if (newest !== undefined) return newest;
  const since = releaseNames.find((name) => pins[name] !== undefined);
  if (since === undefined) throw new Fault("a component has no pin in any release");
  return { ...present(pins[since], "the first pin"), since };
}
