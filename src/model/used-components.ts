import { type Component, installed, installedRecord } from "../components/components";
import type { InstalledRecord } from "../components/component";
import type { TargetConfig } from "../config/schema/target";

export function installs(component: Component, config: TargetConfig): boolean {
  return installedRecord(component)?.isUsed(config) ?? false;
}

/** Whether a target may have them all: what does not fit with something that it does not install is no matter. */
export function mayHaveAll(parts: readonly Component[], config: TargetConfig): boolean {
  return parts.every((each) => installs(each, config));
}

/** What a target installs, in order of what is there first. */
export function usedRecords(config: TargetConfig): InstalledRecord[] {
  return installed.filter(({ isUsed }) => isUsed(config));
}

/** Components of the release that a target installs, in order of what is there first. */
export function usedComponents(config: TargetConfig): Component[] {
  return installed.filter(({ isUsed }) => isUsed(config)).map(({ name }) => name);
}
