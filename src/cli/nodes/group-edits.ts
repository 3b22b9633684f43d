import { isDeepStrictEqual } from "node:util";
import { parse } from "yaml";
import { locate, toPlain } from "../../config/read/source-node";
import type { Target } from "../../model/target";
import { groupName } from "../../stacks/cluster/running-cluster-of";
import { unknownName } from "../../text/nearest";
import type { Edit } from "../../upgrade/edits";
import { UsageError } from "../report-error";

/** How far the way from one group to another has come, by the config. */
export type Stage = "not begun" | "both" | "one left";

/**
 * @param changes a map in YAML: `{ ami: bottlerocket }`
 * @throws UsageError
 */
export function stageOf(target: Target, group: string, as: string, changes: string): Stage {
  const { config, name, source } = target;
  const [hasOld, hasNew] = [group in config.nodes, as in config.nodes];
  if (group === as) throw new UsageError(`the new group needs another name than ${group}; name it by --as`);
  if (hasOld) refuseSameName(target, group, as);
  if (hasOld && hasNew) {
    const there = toPlain(locate(source, ["nodes", as]).node);
    // Else any two groups could be named, and one of them would go.
    if (isDeepStrictEqual(there, besideEdits(target, group, as, changes)[0]?.value)) return "both";
    throw new UsageError(
      `${as} is there already, and is not ${group} with ${changes}; name another one, or repeat --with as it was`,
    );
  }
  if (hasOld) return "not begun";
  if (hasNew) return "one left";
  throw new UsageError(unknownName(group, `a group of nodes of ${name}`, Object.keys(config.nodes)));
}

/**
 * EKS's names of groups tell whose a node is: where two begin alike, nodes of the wrong one would be drained.
 *
 * @throws UsageError
 */
function refuseSameName({ config }: Target, group: string, as: string): void {
  const named = Object.entries(config.nodes).map(([name, each]) => [name, groupName(name, each)] as const);
  const calls = (name: string) => named.find(([each]) => each === name)?.[1] ?? name;
  const same = named.find(([name, inEks]) => name !== as && inEks === calls(as));
  if (same !== undefined)
    throw new UsageError(
      `${same[0]} is ${same[1]} in EKS, with its generation, and ${as} would be too; name the new group another way, for example ${group}-b`,
    );
  const twin = named.find(([name, inEks]) => name !== group && inEks === calls(group));
  if (twin !== undefined)
    throw new UsageError(
      `${group} and ${twin[0]} are both ${twin[1]} in EKS, and their nodes can't be told apart; raise the generation of one of them and deploy first`,
    );
}

/**
 * A second group beside one: what its layers say of that, with what is to be another way.
 *
 * @param changes a map in YAML: `{ ami: bottlerocket }`
 * @throws UsageError
 */
export function besideEdits({ source }: Target, group: string, as: string, changes: string): Edit[] {
  const given: unknown = parse(changes);
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw new UsageError(`--with takes a map, such as "{ ami: bottlerocket }"; got ${changes}`);
  const written = toPlain(locate(source, ["nodes", group]).node);
  // It is another group: generations of its own begin anew.
  const { generation: _old, ...settings } = written as Readonly<Record<string, unknown>>;
  return [{ path: ["nodes", as], value: { ...settings, ...given } }];
}
