import { installedRecord, recordOf } from "../components/components";
import { stackId } from "../model/stacks/state-location";
import type { StackName } from "../model/stacks/stack-names";
import type { Target } from "../model/target";
import { pinOf } from "../releases/pins";
import type { UpgradeHop, UpgradeStep } from "../releases/upgrade/plan";
import { minorsBetween } from "../text/versions";
import type { LiveCheck } from "../verify/live-check";
import { checksAfter, checksOf } from "./concerns";

/** A chart whose definitions Helm leaves as they are. */
export interface ChartAt {
  /** `https://…` or `oci://…`, without the chart's name. */
  readonly repository: string;
  readonly name: string;
  readonly version: string;
}

export type HopStep =
  | {
      readonly does: "define";
      readonly id: string;
      readonly component: string;
      readonly charts: readonly ChartAt[];
    }
  | {
      readonly does: "deploy";
      readonly id: string;
      readonly stack: StackName;
      /** Components that get another version by it. */
      readonly brings: readonly UpgradeStep[];
    }
  | {
      readonly does: "verify";
      readonly id: string;
      /** The stack that was deployed before; left out: all of them. */
      readonly stack?: StackName;
      readonly checks: readonly LiveCheck[];
    };

/**
 * What a hop takes once the config says it, in order: stack by stack, and after each what `verify` asks about it. New definitions of
 * charts that do not bring them come right before the stack with the chart. Within a stack Terraform has the order.
 *
 * @param target as the hop's config makes it
 */
export function hopSteps(target: Target, hop: UpgradeHop): HopStep[] {
  const brought = installedSteps(target, hop);
  const steps = target.stacks.flatMap((stack): HopStep[] => {
    const brings = brought.filter(({ component }) => installedRecord(component)?.stack === stack);
    const checks = checksAfter(target, stack);
    const id = stackId(target, stack);
    return [
      ...brings.flatMap((each) => definitions(target, each)),
      { does: "deploy", id: `deploy ${id}`, stack, brings },
      ...(checks.length > 0 ? [{ does: "verify" as const, id: `verify ${id}`, stack, checks }] : []),
    ];
  });
  return [...steps, { does: "verify", id: `verify ${target.name}`, checks: checksOf(target) }];
}

/** Of a hop's changes, those of what the target installs. */
export function installedSteps({ components }: Target, { steps }: UpgradeHop): UpgradeStep[] {
  return steps.filter(({ component }) => components.has(component));
}

function definitions({ release }: Target, { component }: UpgradeStep): HopStep[] {
  const record = recordOf(component);
  if (record.upgrade.crdsByHand !== true || record.kind !== "charts") return [];
  const { version } = pinOf(release, component);
  const charts = Object.values(record.charts).map(({ repository, name }) => ({ repository, name, version }));
  return [{ does: "define", id: `define ${component}`, component, charts }];
}

/** What no deployment does by itself: versions that a component may not skip. */
export function skippedMinors(target: Target, hop: UpgradeHop): UpgradeStep[] {
  return installedSteps(target, hop).filter(({ component, from, to }) => {
    const { inPlace } = recordOf(component).upgrade;
    return inPlace !== undefined && minorsBetween(from, to) > inPlace.minors;
  });
}

/** Whether nodes that run are replaced. */
export function replacesNodes(target: Target, hop: UpgradeHop): boolean {
  return installedSteps(target, hop).some(({ phase }) => phase === "nodes");
}
