import type { UpgradeNote } from "../../components/component";
import { type Component, recordOf } from "../../components/components";
import { compareVersions } from "../../text/versions";

/** Notes of all versions after `from`, up to `to`, each with its source. */
export function upstreamNotes(component: Component, from: string, to: string): string[] {
  return notesBetween(component, from, to).map(({ says, source }) => `${says} (${source})`);
}

export function notesBetween(component: Component, from: string, to: string): UpgradeNote[] {
  const { notes = [] } = recordOf(component).upgrade;
  return notes.filter(({ since }) => compareVersions(from, since) < 0 && compareVersions(since, to) <= 0);
}
