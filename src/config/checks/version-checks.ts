import { type Component, pinOf } from "../../releases/components";
import { type Misfit, misfits } from "../../releases/matrix/matrix";
import { fitSettings } from "../fit-settings";
import { mayHaveAll } from "../used-components";
import type { Finding, TargetCheck } from "./finding";

/** Versions and settings that the matrix refuses. What it only warns of is in `warnings.ts`. */
export const versionCheck: TargetCheck = (target) =>
  misfits(target.release, fitSettings(target.config))
    .filter(({ level, components }) => level === "refuse" && matters(components, target))
    .map((misfit) => finding(misfit, target));

function finding(
  { components, message, remedy, setting = ["cni"] }: Misfit,
  { release }: Parameters<TargetCheck>[0],
): Finding {
  // A release fits in itself, so what a config replaced in it is to blame; a setting otherwise.
  const [replaced, ...others] = components.filter((component) => pinOf(release, component).override);
  if (replaced === undefined) {
    return { path: setting, message: `can't be: ${message}; ${remedy ?? "write another release"}` };
  }
  const { version, override } = pinOf(release, replaced);
  const fix =
    remedy ?? `write a version that fits, or remove it (release ${release.name} has ${override?.replaces})`;
  return {
    path: ["versions", replaced],
    value: version,
    message: `does not fit: ${message}; ${fix}`,
    related: [["release"], ["cni"], ...others.map((component) => ["versions", component])],
  };
}

/** Whether the target has them all, or names the version of those that it has not. */
function matters(components: readonly Component[], { release, config }: Parameters<TargetCheck>[0]): boolean {
  return mayHaveAll(
    components.filter((each) => !pinOf(release, each).override),
    config,
  );
}
