import { type Draft, type Plain, settings, settingsOrNone } from "../draft";
import type { FoundAccess } from "../found/cluster";
import type { Noted } from "../found/fact";
import type { Found } from "../found/found";
import type { ImportOptions } from "../options";
import { accessSettings } from "./access";
import { addOnSettings, KARPENTER_NODES } from "./add-ons";
import { clusterSettings, nameSettings } from "./cluster";
import { cniSettings } from "./cni";
import { existingSettings } from "./existing";
import { isClosed, networkSettings, zonesOf } from "./found-network";
import { DEFAULT_GROUP, groupSettings } from "./groups";
import { identitySettings } from "./identities";
import { MIRROR_SAYS, mirrorSettings } from "./network-parts";
import { releaseSettings } from "./releases";
import { releaseOf } from "./release";
import { OF_MODULES, tagSettings } from "./tags";

export interface TargetOptions extends ImportOptions {
  readonly environment: string;
  /** Whether the target is in the VPC that was found. */
  readonly keepsVpc: boolean;
  /** Whether the target is the cluster that was found, and not a new one beside it. */
  readonly keepsCluster: boolean;
}

/**
 * What was found, as a target. What differs is said at its places.
 *
 * @param at the whole of it, for what is not there
 */
export function draftOf(found: Found, at: Noted, options: TargetOptions): Draft {
  const { cluster, region } = found;
  const version = cluster?.version;
  const release = releaseOf(version?.value ?? "latest", version?.at ?? cluster?.at ?? at);
  const software = { ...addOnSettings(found.addOns), ...releaseSettings(found.releases) };
  if (isClosed(found)) (found.network.vpc?.at ?? at).changed(MIRROR_SAYS);
  const zones = zonesOf(found, at);
  const access = accessSettings(withoutNodes(found, "karpenter" in software), options.account);
  const all = settings({
    tags: tagSettings(
      [...(found.network.vpc?.tags ?? []), ...(cluster?.tags ?? [])].filter(([key]) => !OF_MODULES.test(key)),
    ),
    network: options.keepsVpc
      ? existingSettings(found, zones, at)
      : networkSettings(found, zones, at, options),
    cluster: settingsOrNone({
      name: clusterName(found, options),
      ...(cluster && clusterSettings(cluster, release)),
      access,
    }),
    cni: cniSettings(found),
    nodes: nodesOf(found, zones, at, "karpenter" in software),
    ...software,
    ...(isClosed(found) && mirrorSettings(options.account, region)),
    podIdentities: identitySettings(found.identities),
  });
  return { region, release, settings: all };
}

/** EKS gives nodes of its groups their entries, and the platform those of Karpenter. */
function withoutNodes({ access, groups }: Found, hasKarpenter: boolean): readonly FoundAccess[] {
  return access.filter(({ at, type, principal }) => {
    const isOfNodes =
      groups.some(({ roleArn }) => roleArn !== undefined && roleArn === principal) ||
      (hasKarpenter && type === "EC2_LINUX" && /karpenter/i.test(`${principal} ${at.where}`));
    if (isOfNodes) at.changed("nodes have an entry that is made with them");
    return !isOfNodes;
  });
}

function nodesOf(found: Found, zones: readonly string[], at: Noted, hasKarpenter: boolean): Plain {
  const groups = groupSettings(found.groups, {
    zones,
    least: hasKarpenter ? KARPENTER_NODES : 0,
  });
  if (groups !== undefined) return groups;
  at.changed(DEFAULT_GROUP.says);
  return DEFAULT_GROUP.settings;
}

/** A cluster that is there keeps its name to itself: no other in its region can have it. */
function clusterName(
  { cluster, region }: Found,
  { environment, keepsCluster }: TargetOptions,
): string | undefined {
  const isThere = cluster?.id !== undefined || cluster?.arn !== undefined;
  if (cluster?.name === undefined || keepsCluster || !isThere) return nameSettings(cluster?.name);
  const usual = `${environment}-${region}`;
  const name = cluster.name.value === usual ? `${usual}-2` : usual;
  cluster.name.at.changed(
    `${name}: the cluster that is there keeps its name, and no other in the region can have it`,
  );
  return name === usual ? undefined : name;
}
