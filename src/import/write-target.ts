import { stringify } from "yaml";
import { environmentFile, modeline, platformFile } from "../scaffold/target-files";
import type { Draft } from "./draft";

/** What an import is called and whose it is. */
export interface Place {
  readonly environment: string;
  /** AWS account, 12 digits. */
  readonly account: string;
  /** Day until which the platform's own waivers hold, YYYY-MM-DD. */
  readonly expires: string;
}

/** Files of the folder of targets by their path: the target's own, and those above it for where they are not there yet. */
export function importedFiles(
  { region, release, settings }: Draft,
  place: Place,
): Readonly<Record<string, string>> {
  const { environment, account } = place;
  return {
    "platform.yaml": platformFile({ cni: "vpc-cni" }, release, place.expires),
    [`${environment}/environment.yaml`]: environmentFile({ account, environment, regions: [region] }),
    [`${environment}/${region}.yaml`]: `${modeline(2)}\n${stringify(settings, { lineWidth: 0, aliasDuplicateObjects: false })}`,
  };
}
