import { type Component, components } from "../components/components";
import { pinOf, shownVersion } from "./pins";
import type { Release } from "./release";

/** A component whose version differs; a dash stands for a release that is older than the component. */
export interface VersionChange {
  readonly component: Component;
  readonly from: string;
  readonly to: string;
}

/** What differs between two releases, in order of what is there first. */
export function releaseDiff(a: Release, b: Release): VersionChange[] {
  return components
    .map((component) => ({
      component,
      from: shownVersion(pinOf(a, component)),
      to: shownVersion(pinOf(b, component)),
    }))
    .filter(({ from, to }) => from !== to);
}
