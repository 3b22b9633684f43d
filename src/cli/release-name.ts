import { unknownName } from "../text/nearest";
import { isOneOf } from "../releases/pins";
import type { Release } from "../releases/release";
import { type ReleaseName, releaseNames } from "../releases/names";
import { releases } from "../releases/releases";
import { UsageError } from "./report-error";

/** @throws UsageError */
export function releaseName(name: string): ReleaseName {
  if (isOneOf(releaseNames, name)) return name;
  throw new UsageError(unknownName(name === "" ? '""' : name, "a release", [...releaseNames]));
}

/** @throws UsageError */
export function namedRelease(name: string): Release {
  return releases[releaseName(name)];
}
