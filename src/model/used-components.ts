import { type Component, installed, installedRecord } from "../components/components";
import type { InstalledRecord } from "../components/component";
import type { TargetConfig } from "../config/schema/target";
import { pinOf } from "../releases/pins";
import type { Pin } from "../components/pin";
import type { GivenTarget } from "./given-target";

export function installs(component: Component, config: TargetConfig): boolean {
  return installedRecord(component)?.isUsed(config) ?? false;
}

/** Whether a target may have them all: what does not fit with something that it does not install does not matter. */
export function mayHaveAll(parts: readonly Component[], config: TargetConfig): boolean {
  return parts.every((each) => installs(each, config));
}

/** What a target installs, in order of what is there first. */
export function usedRecords(config: TargetConfig): InstalledRecord[] {
  return installed.filter(({ isUsed }) => isUsed(config));
}

/** A component that a target installs: what is known of it, and the version that the target has. */
export interface UsedComponent {
  readonly record: InstalledRecord;
  readonly pin: Pin;
}

/** By name, in order of what is there first. */
export type UsedComponents = ReadonlyMap<Component, UsedComponent>;

export function usedComponents({ config, release }: Pick<GivenTarget, "config" | "release">): UsedComponents {
  return new Map(
    installed
      .filter(({ isUsed }) => isUsed(config))
      .map((record) => [record.name, { record, pin: pinOf(release, record.name) }] as const),
  );
}
