import { type ReleaseName, releaseNames } from "../../releases/names";
import { releases } from "../../releases/releases";
import { present } from "../../text/errors";
import type { Noted } from "../found/fact";

/** The newest release with the cluster's version of Kubernetes, else the newest. */
export function releaseOf(written: string, version: Noted): ReleaseName {
  const newest = present(releaseNames.at(-1), "a release");
  if (written === "latest") {
    version.changed(`${releases[newest].kubernetes.version}: the version of release ${newest}`);
    return newest;
  }
  const same = releaseNames.filter((name) => releases[name].kubernetes.version === written).at(-1);
  if (same !== undefined) return same;
  version.changed(
    `${releases[newest].kubernetes.version}, the version of release ${newest}; a running cluster gets there minor by minor (npx octarine upgrade)`,
  );
  return newest;
}
