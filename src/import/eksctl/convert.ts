import { regions } from "../../facts/regions";
import { unknownName } from "../../text/nearest";
import { type Plain, settings, settingsOrNone } from "../draft";
import type { Imported } from "../imported";
import { byLine } from "../notes";
import { ImportError, Part } from "../part";
import type { ImportOptions } from "../options";
import { accessSettings } from "../settings/access";
import { addOnSettings, KARPENTER_NODES, vpcCniSettings } from "../settings/add-ons";
import { clusterSettings, nameSettings } from "../settings/cluster";
import { DEFAULT_GROUP, groupSettings } from "../settings/groups";
import { identitySettings } from "../settings/identities";
import { releaseOf } from "../settings/release";
import { tagSettings } from "../settings/tags";
import { accessIn } from "./access";
import { addOnsIn, karpenterOf, mirrorOf } from "./add-ons";
import { clusterIn } from "./cluster";
import { groupsIn } from "./groups";
import { identitiesIn } from "./identities";
import { networkOf } from "./network";
import { reasonOf } from "./reasons";

/**
 * A ClusterConfig of eksctl as a target. Keys and defaults are those of eksctl-io/eksctl v0.230.0,
 * pkg/apis/eksctl.io/v1alpha5.
 *
 * @throws ImportError where the text is no ClusterConfig
 */
export function fromEksctl(text: string, file: string, options: ImportOptions): Imported {
  const config = Part.of(text, file);
  const kind = config.at("kind").text();
  const api = config.at("apiVersion").text();
  if (kind !== "ClusterConfig" || api !== "eksctl.io/v1alpha5")
    throw new ImportError(
      `${file}: must be a ClusterConfig of eksctl.io/v1alpha5; got kind ${kind ?? "none"}, apiVersion ${api ?? "none"}`,
    );
  const metadata = config.at("metadata");
  const region = metadata.at("region").text();
  if (region === undefined)
    throw new ImportError(`${file}:${metadata.line}: metadata.region is required: it names the target`);
  if (!Object.hasOwn(regions, region))
    throw new ImportError(
      `${file}:${metadata.at("region").line}: metadata.region: ${unknownName(region, "a region with EKS", Object.keys(regions))}`,
    );
  const version = metadata.at("version");
  const release = releaseOf(version.text() ?? "latest", version);
  const cluster = clusterIn(config);
  const addOns = addOnsIn(config);
  const all = settings({
    tags: tagSettings(cluster.tags),
    network: networkOf(config, region, cluster.ipv6, options),
    cluster: settingsOrNone({
      name: nameSettings(cluster.name),
      ...clusterSettings(cluster, release),
      access: accessSettings(accessIn(config), options.account),
    }),
    cni: vpcCniSettings(addOns, cluster.ipv6 !== undefined),
    nodes: groupsOf(config),
    ...addOnSettings(addOns),
    ...karpenterOf(config),
    ...mirrorOf(config, options),
    podIdentities: identitySettings(identitiesIn(config)),
  });
  for (const part of config.unread((path) => reasonOf(path) !== undefined))
    part.lost(reasonOf(part.path) ?? UNKNOWN);
  return { draft: { region, release, settings: all }, notes: byLine(config.notes()) };
}

const UNKNOWN = "eksctl v0.230.0 has no such key here, or what it says means nothing here";

function groupsOf(config: Part): Plain {
  const least = config.at("karpenter").there ? KARPENTER_NODES : 0;
  const groups = groupSettings(groupsIn(config), { zones: [], least });
  if (groups !== undefined) return groups;
  config.at("managedNodeGroups").changed(DEFAULT_GROUP.says);
  return DEFAULT_GROUP.settings;
}
