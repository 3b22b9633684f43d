import published from "../facts/controller-permissions.json";
import type { AllowedCalls } from "./calls-of";
import type { InstalledRecord } from "./component";
import { installed } from "./components";

/** Versions of a controller and what they call of AWS, as far as upstream's own policy or code says. */
export interface NeededCalls {
  readonly versions: string;
  readonly actions: readonly string[];
  readonly source: string;
}

/** What a registry module's ready-made policy allows a controller, and what the controller asks for. */
export interface ControllerPermissions {
  readonly component: string;
  /** Of the cluster's addresses, where policies differ. */
  readonly family?: "ipv4" | "ipv6";
  readonly granted: readonly string[];
  /** Module, at the version that cdktf.json pins, and file. */
  readonly grantedBy: string;
  readonly needs: readonly NeededCalls[];
  /** What the module's policy lacks. */
  readonly added: readonly AllowedCalls[];
}

const records: readonly InstalledRecord[] = installed;

type Published = Pick<ControllerPermissions, "component" | "grantedBy"> & {
  readonly family?: string;
  readonly granted: Calls;
  readonly needs: readonly (Omit<NeededCalls, "actions"> & { readonly actions: Calls })[];
};

/** Names by service, with spaces between. */
type Calls = Readonly<Record<string, string | undefined>>;

const data: readonly Published[] = published;

/** Controllers whose policies a registry module writes. */
export const controllerPermissions: readonly ControllerPermissions[] = data.map(
  ({ component, family: of, grantedBy, granted, needs }): ControllerPermissions => {
    const family = of === "ipv4" || of === "ipv6" ? of : undefined;
    return {
      component,
      ...(family && { family }),
      granted: actionsOf(granted),
      grantedBy,
      needs: needs.map((each) => ({ ...each, actions: actionsOf(each.actions) })),
      added: records.find(({ name }) => name === component)?.added?.[family ?? "any"] ?? [],
    };
  },
);

function actionsOf(calls: Calls): string[] {
  return Object.entries(calls).flatMap(([service, names = ""]) =>
    names.split(" ").map((name) => `${service}:${name}`),
  );
}

/** Permissions of a target's controller; undefined where no registry module writes them. */
export function permissionsOf(
  component: string,
  family: "ipv4" | "ipv6" = "ipv4",
): ControllerPermissions | undefined {
  return controllerPermissions.find(
    (each) => each.component === component && (each.family ?? family) === family,
  );
}

/** Actions that a version of the controller calls and neither the module nor we allow, with where that is from. */
export function callsNotAllowed(
  { granted, added, needs }: ControllerPermissions,
  isAmong: (range: string) => boolean,
): readonly NeededCalls[] {
  const allowed = new Set([...granted, ...added.flatMap(({ actions }) => actions)]);
  return needs.flatMap((each) => {
    const missing = each.actions.filter((action) => !allowed.has(action));
    return missing.length > 0 && isAmong(each.versions) ? [{ ...each, actions: missing }] : [];
  });
}
