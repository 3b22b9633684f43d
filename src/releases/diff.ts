import { type Component, components } from "../components/components";
import { pinOf } from "./pins";
import type { Release } from "./release";

/** A component whose version differs. */
export interface VersionChange {
  readonly component: Component;
  readonly from: string;
  readonly to: string;
}

/** What differs between two releases, in order of what is there first. */
export function releaseDiff(a: Release, b: Release): VersionChange[] {
  return components
    .map((component) => ({ component, from: pinOf(a, component).version, to: pinOf(b, component).version }))
    .filter(({ from, to }) => from !== to);
}
