import { components, type Component, recordOf } from "../../components/components";
import { pinOf } from "../pins";
import { misfits } from "../matrix/matrix";
import type { FitSettings } from "../matrix/setting-rules";
import { type Overrides, withOverrides } from "../overrides";
import type { Release } from "../release";
import { type MinorName, minorNames, type ReleaseName } from "../names";
import { releases } from "../releases";
import { minorsBetween } from "../../text/versions";
import { type Phase, phases } from "../../components/component";
import { upstreamNotes } from "./upstream-notes";
import { ExpectedError, Fault } from "../../text/errors";

/** No way leads from one set of versions to the other. */
export class NoUpgradeError extends ExpectedError {}

export interface UpgradeRequest {
  /** `nodes`: of nodes and add-ons, where they stay behind the control plane. */
  readonly from: {
    readonly release: ReleaseName;
    readonly kubernetes: MinorName;
    readonly nodes?: MinorName;
  };
  readonly to: ReleaseName;
  /** Versions that the config replaces and keeps, without Kubernetes. */
  readonly overrides: Overrides;
  readonly settings: FitSettings;
  /** What the target does not install: whether it fits does not matter. */
  readonly absent: readonly Component[];
}

export interface UpgradeStep {
  readonly phase: Phase;
  readonly component: Component;
  readonly from: string;
  readonly to: string;
  readonly restarts: string;
  /** What to know or do besides. */
  readonly notes: readonly string[];
}

/** One change of the config and one deployment. */
export interface UpgradeHop {
  readonly release: ReleaseName;
  readonly kubernetes: MinorName;
  /** Kubernetes of nodes and add-ons: they follow a hop after the control plane, which can go back until then. */
  readonly nodes: MinorName;
  /** Whether nodes and add-ons stayed behind before, and no longer do. */
  readonly nodesFollow: boolean;
  /** Whether the config has to hold Kubernetes back, or ahead, of the release. */
  readonly holdsKubernetes: boolean;
  readonly steps: readonly UpgradeStep[];
  /** Why Kubernetes does not go first: what the matrix refuses there. */
  readonly because: readonly string[];
}

/** Versions that a target is at: of its release, of the control plane, and of nodes and add-ons. */
export interface Stand {
  readonly release: ReleaseName;
  readonly kubernetes: MinorName;
  readonly nodes: MinorName;
}

/**
 * The hops from one release to another, each a set of versions that the matrix takes: Kubernetes one minor at a time,
 * and first where it can be; everything else of the release in one hop, where it fits. Nodes and add-ons follow in a hop of
 * their own: EKS takes a control plane back within seven days, while nothing is newer (EKS user guide, rollback-cluster).
 *
 * @throws NoUpgradeError
 */
export function planUpgrade(request: UpgradeRequest): UpgradeHop[] {
  const { to } = request;
  const from: Stand = { ...request.from, nodes: request.from.nodes ?? request.from.kubernetes };
  const goal: Stand = { release: to, kubernetes: minorOfRelease(to), nodes: minorOfRelease(to) };
  if (minorNames.indexOf(goal.kubernetes) < minorNames.indexOf(from.kubernetes)) {
    throw new NoUpgradeError(
      `release ${to} has Kubernetes ${goal.kubernetes}, older than ${from.kubernetes}, and upgrades only go up;` +
        " within seven days EKS can roll a control plane back by one minor (docs/releases.md); later, make a new cluster and move the workloads",
    );
  }
  const refusals: string[] = [];
  const way = findWay(from, goal, (stand) => {
    const refused = refusedAt(stand, request);
    refusals.push(...refused);
    return refused.length === 0;
  });
  if (way === undefined) {
    throw new NoUpgradeError(
      `no order of steps leads to release ${to}: ${[...new Set(refusals)].join("; ")}`,
    );
  }
  return way.slice(1).map((stand, index) => hopBetween(way[index] ?? from, stand, request));
}

/** First way found, Kubernetes before everything else at each fork. */
function findWay(at: Stand, goal: Stand, fits: (stand: Stand) => boolean): Stand[] | undefined {
  if (at.release === goal.release && at.kubernetes === goal.kubernetes && at.nodes === goal.nodes)
    return [at];
  for (const next of nextStands(at, goal)) {
    const rest = fits(next) ? findWay(next, goal, fits) : undefined;
    if (rest !== undefined) return [at, ...rest];
  }
  return undefined;
}

function nextStands(at: Stand, goal: Stand): Stand[] {
  if (at.nodes !== at.kubernetes) return [{ ...at, nodes: at.kubernetes }];
  const higher = minorNames[minorNames.indexOf(at.kubernetes) + 1];
  const kubernetesFirst =
    at.kubernetes === goal.kubernetes || higher === undefined ? [] : [{ ...at, kubernetes: higher }];
  const releaseFirst = at.release === goal.release ? [] : [{ ...at, release: goal.release }];
  return [...kubernetesFirst, ...releaseFirst];
}

function refusedAt(stand: Stand, { overrides, settings, absent }: UpgradeRequest): string[] {
  return misfits(releaseAt(stand, overrides), settings)
    .filter((each) => each.level === "refuse" && !each.components.some((part) => absent.includes(part)))
    .map(({ message }) => message);
}

function releaseAt({ release, kubernetes, nodes }: Stand, overrides: Overrides): Release {
  const reason = "upgrade";
  return withOverrides(releases[release], {
    ...overrides,
    ...(kubernetes !== minorOfRelease(release) && { kubernetes: { version: kubernetes, reason } }),
    ...(nodes !== kubernetes && { nodes: { version: nodes, reason } }),
  });
}

/** What changes from one stand to the next. */
export function hopBetween(before: Stand, after: Stand, request: UpgradeRequest): UpgradeHop {
  const [old, next] = [releaseAt(before, request.overrides), releaseAt(after, request.overrides)];
  const kubernetesFirst = nextStands(before, { ...after, kubernetes: minorOfRelease(request.to) })[0];
  const because =
    after.release !== before.release &&
    kubernetesFirst !== undefined &&
    kubernetesFirst.kubernetes !== before.kubernetes
      ? refusedAt(kubernetesFirst, request)
      : [];
  const holdsKubernetes = after.kubernetes !== minorOfRelease(after.release);
  const nodesFollow = before.nodes !== before.kubernetes;
  return { ...after, nodesFollow, holdsKubernetes, steps: changes(old, next), because };
}

/** What differs between two releases, in the order in which it is applied. */
export function changes(before: Release, after: Release): UpgradeStep[] {
  const steps = components.flatMap((component): UpgradeStep[] => {
    const [from, to] = [pinOf(before, component).version, pinOf(after, component).version];
    if (from === to) return [];
    const { phase, restarts } = recordOf(component).upgrade;
    return [{ phase, component, from, to, restarts, notes: notes(component, from, to) }];
  });
  return steps.sort((a, b) => phases.indexOf(a.phase) - phases.indexOf(b.phase));
}

function notes(component: Component, from: string, to: string): string[] {
  const jump = minorsBetween(from, to);
  const { inPlace, crdsByHand } = recordOf(component).upgrade;
  return [
    ...(crdsByHand ? ["apply the CRDs of the new chart first: Helm does not"] : []),
    ...(inPlace === undefined || jump <= inPlace.minors
      ? []
      : Number.isFinite(jump)
        ? [
            `a deployment upgrades in place, which can't jump ${jump} minors at once: before this hop deploy ${minorsOnTheWay(from, jump)} with versions.${component}, then remove that override (${inPlace.source})`,
          ]
        : [`skipping to another major is not supported: go through the minors between (${inPlace.source})`]),
    ...(jump < 0 ? ["goes back a version: read its downgrade notes first"] : []),
    ...upstreamNotes(component, from, to),
  ];
}

/** The minors between a version and one that is `jump` minors later. */
function minorsOnTheWay(from: string, jump: number): string {
  const [major, minor] = from.replace(/^v/, "").split(".").map(Number);
  return Array.from({ length: jump - 1 }, (_, index) => `a ${major}.${(minor ?? 0) + index + 1}`).join(
    ", then ",
  );
}

export function minorOfRelease(name: ReleaseName): MinorName {
  const { version } = releases[name].kubernetes;
  const minor = minorNames.find((each) => each === version);
  if (minor === undefined)
    throw new Fault(`release ${name} has Kubernetes ${version}, which has no pins here`);
  return minor;
}
