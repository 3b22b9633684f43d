import type { InstalledRecord } from "../../components/component";
import { installed } from "../../components/components";
import type { Decider } from "../hop";
import type { JudgedNeed } from "./judge-needs";

const records: readonly InstalledRecord[] = installed;

/** The setting that comes nearest to what ends a need: what declares it, else what makes the object that decides. */
export function settingOf({ need, end }: JudgedNeed): string | undefined {
  if (need.setting !== undefined) return need.setting;
  const [decider] = end?.by ?? [];
  return decider === undefined ? undefined : settingOfObject(decider);
}

/** By the construct that makes an object: its stack, and the release that it is in. */
export function settingOfObject({ stack, address }: Decider): string | undefined {
  const [, kind, name] = /^helm_release\.(workload|namespace|policies)-(.+?)_/.exec(address) ?? [];
  if (kind === "workload") return `workloads.${name}`;
  if (kind === "namespace") return `namespaces.${name}`;
  if (kind === "policies")
    return records
      .find(({ namespaces = {} }) => name !== undefined && name in namespaces)
      ?.settings?.join(".");
  const part = /-([a-z]+)$/.exec(stack)?.[1];
  return part === "nodes" ? "nodeGroups" : part;
}
