import { releaseNames } from "../../releases/names";
import { releases } from "../../releases/releases";
import { regions } from "../../facts/regions";
import { present } from "../../text/errors";
import { unknownName } from "../../text/nearest";
import { type Draft, settings, settingsOrNone } from "../draft";
import { byLine, type Note } from "../notes";
import { ImportError, Part } from "../part";
import { accessOf } from "./access";
import { addOnsOf } from "./add-ons";
import { clusterOf } from "./cluster";
import { groupsOf } from "./groups";
import { identitiesOf } from "./identities";
import { networkOf } from "./network";
import type { ImportOptions } from "./options";
import { reasonOf } from "./reasons";
import { tagsOf } from "./tags";

/** What is imported, and each point at which it is not what it was. */
export interface Imported {
  readonly draft: Draft;
  readonly notes: readonly Note[];
}

/**
 * A ClusterConfig of eksctl as a target. Keys and defaults are those of eksctl-io/eksctl v0.230.0,
 * pkg/apis/eksctl.io/v1alpha5.
 *
 * @throws ImportError where the text is no ClusterConfig
 */
export function fromEksctl(text: string, file: string, options: ImportOptions): Imported {
  const config = Part.of(text, file);
  const kind = config.at("kind").text();
  const version = config.at("apiVersion").text();
  if (kind !== "ClusterConfig" || version !== "eksctl.io/v1alpha5")
    throw new ImportError(
      `${file}: must be a ClusterConfig of eksctl.io/v1alpha5; got kind ${kind ?? "none"}, apiVersion ${version ?? "none"}`,
    );
  const metadata = config.at("metadata");
  const region = metadata.at("region").text();
  if (region === undefined)
    throw new ImportError(`${file}:${metadata.line}: metadata.region is required: it names the target`);
  if (!Object.hasOwn(regions, region))
    throw new ImportError(
      `${file}:${metadata.at("region").line}: metadata.region: ${unknownName(region, "a region with EKS", Object.keys(regions))}`,
    );
  const release = releaseOf(metadata.at("version"));
  const addOns = addOnsOf(config, options);
  const identities = identitiesOf(config);
  const all = settings({
    tags: tagsOf(metadata.at("tags")),
    network: networkOf(config, region, options),
    cluster: settingsOrNone({ ...clusterOf(config), access: accessOf(config, options) }),
    cni: addOns.cni,
    nodes: groupsOf(config),
    ...addOns.settings,
    ...identities,
  });
  for (const part of config.unread((path) => reasonOf(path) !== undefined))
    part.lost(reasonOf(part.path) ?? UNKNOWN);
  return { draft: { region, release, settings: all }, notes: byLine(config.notes()) };
}

const UNKNOWN = "eksctl v0.230.0 has no such key here, or what it says means nothing here";

/** The newest release with the cluster's version of Kubernetes, else the newest. */
function releaseOf(version: Part): string {
  const newest = present(releaseNames.at(-1), "a release");
  const written = version.text();
  if (written === undefined || written === "latest") {
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
