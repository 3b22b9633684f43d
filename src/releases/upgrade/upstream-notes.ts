import { type Component, recordOf } from "../../components/components";
import { compareVersions } from "../../text/versions";

/** Notes of all versions after `from`, up to `to`, each with its source. */
export function upstreamNotes(component: Component, from: string, to: string): string[] {
  const { notes = [] } = recordOf(component).upgrade;
  return notes
    .filter((note) => compareVersions(from, note.since) < 0 && compareVersions(note.since, to) <= 0)
    .map(({ says, source }) => `${says} (${source})`);
}
