import { stringify } from "yaml";
import { type Cni, cnis } from "../scaffold/choices";
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

/**
 * Files of the folder of targets by their path: the target's own, and those above it for where they are not there yet.
 *
 * @param inherited release that those which are there give the target, if there are some
 */
export function importedFiles(
  { region, release, settings }: Draft,
  place: Place,
  inherited: string | undefined,
): Readonly<Record<string, string>> {
  const { environment, account } = place;
  // Of another release it would be a cluster of another version of Kubernetes.
  const all = inherited === undefined || inherited === release ? settings : { release, ...settings };
  return {
    "platform.yaml": platformFile({ cni: cniOf(settings) }, release, place.expires),
    [`${environment}/environment.yaml`]: environmentFile({ account, environment, regions: [region] }),
    [`${environment}/${region}.yaml`]: `${modeline(2)}\n${stringify(all, { lineWidth: 0, aliasDuplicateObjects: false })}`,
  };
}

/** Which network of pods it has, of which waivers of the platform's own depend. */
function cniOf({ cni }: Draft["settings"]): Cni {
  const kind = typeof cni === "object" && "kind" in cni ? cni.kind : undefined;
  return cnis.find((each) => each === kind) ?? "vpc-cni";
}
