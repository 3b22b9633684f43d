import { components } from "../components/components";
import { fitSettings } from "../model/fit-settings";
import type { Target } from "../model/target";
import { installs } from "../model/used-components";
import { minorNames, type ReleaseName, releaseNames } from "../releases/names";
import { isOneOf } from "../releases/pins";
import {
  hopBetween,
  minorOfRelease,
  planUpgrade,
  type Stand,
  type UpgradeHop,
  type UpgradeRequest,
} from "../releases/upgrade/plan";

/** Where a target stands, by its configuration. */
export function standOf({ config }: Target): Stand {
  const held = config.versions.kubernetes?.version;
  const behind = config.versions.nodes?.version;
  const kubernetes = held !== undefined && isOneOf(minorNames, held) ? held : minorOfRelease(config.release);
  return {
    release: config.release,
    kubernetes,
    nodes: behind !== undefined && isOneOf(minorNames, behind) ? behind : kubernetes,
  };
}

/**
 * The hops that are left until a target is at a release.
 *
 * @throws NoUpgradeError
 */
export function hopsOf(target: Target, to: ReleaseName): UpgradeHop[] {
  return planUpgrade(requestOf(target, to, standOf(target)));
}

/** The hop of a target between two stands, wherever its configuration is by now. */
export function hopOf(target: Target, before: Stand, after: Stand): UpgradeHop {
  return hopBetween(before, after, requestOf(target, after.release, before));
}

function requestOf({ config }: Target, to: ReleaseName, from: Stand): UpgradeRequest {
  const { kubernetes: _held, nodes: _behind, ...overrides } = config.versions;
  return {
    from,
    to,
    overrides,
    settings: fitSettings(config),
    absent: components.filter((each) => !installs(each, config)),
  };
}

export function isSameStand(a: Stand, b: Stand): boolean {
  return a.release === b.release && a.kubernetes === b.kubernetes && a.nodes === b.nodes;
}

/** Whether one stand has all that another has, or newer. */
export function isAtLeast(stand: Stand, other: Stand): boolean {
  return (
    releaseNames.indexOf(stand.release) >= releaseNames.indexOf(other.release) &&
    minorNames.indexOf(stand.kubernetes) >= minorNames.indexOf(other.kubernetes) &&
    minorNames.indexOf(stand.nodes) >= minorNames.indexOf(other.nodes)
  );
}

/** `release 2026.11, Kubernetes 1.34, nodes and add-ons 1.33` */
export function standText({ release, kubernetes, nodes }: Stand): string {
  return `release ${release}, Kubernetes ${kubernetes}${nodes === kubernetes ? "" : `, nodes and add-ons ${nodes}`}`;
}
