import type { Resource } from "../../guardrails/resource";
import { endName, portText } from "../needs/need";
import type { Decider } from "../hop";
import type { JudgedNeed } from "./judge-needs";
import { remedyOf } from "./remedy";
import type { Unused } from "./unused";

/**
 * Needs that are not proved to be met, as resources of type `flow` for the rules REACH-*: at the object that ends them. One for all
 * of a kind that end alike.
 *
 * @param settingOf path of the setting that decides it, where one does
 * @param elsewhere the stack that is named where no object decides
 */
export function flowFindings(
  judged: readonly JudgedNeed[],
  settingOf: (each: JudgedNeed) => string | undefined,
  elsewhere: string,
): Resource[] {
  const open = new Map<string, JudgedNeed[]>();
  for (const each of judged) {
    if (each.verdict === "allowed") continue;
    const key = [each.need.kind, each.verdict, each.need.port, endName(each.need.to), each.end?.says].join(
      " ",
    );
    open.set(key, [...(open.get(key) ?? []), each]);
  }
  return [...open.values()].flatMap((alike) => {
    const [first] = alike;
    if (first === undefined) return [];
    const { need, verdict, end } = first;
    const [decider] = end?.by ?? [];
    const setting = settingOf(first);
    const remedy = end && remedyOf(end, need, first.hops);
    return [
      {
        type: "flow",
        address: `${decider?.address ?? "network"}#${endName(need.to)}:${need.port}`,
        stack: decider?.stack ?? elsewhere,
        source: "input",
        attributes: {
          kind: need.kind,
          verdict,
          from: [...new Set(alike.map((each) => endName(each.need.from)))],
          to: endName(need.to),
          port: portText(need.protocol, need.port),
          why: need.why,
          at: end?.at,
          says: remedy === undefined ? end?.says : `${end?.says}; opened by ${remedy}`,
          ...(need.without !== undefined && { without: need.without }),
          ...(setting !== undefined && { setting }),
        },
      },
    ];
  });
}

/** What is open for nobody, as resources of type `flow`. */
export function unusedFindings(
  unused: readonly Unused[],
  settingOfObject: (decider: Decider) => string | undefined,
  elsewhere: string,
): Resource[] {
  return unused.map(({ what, why, setting, by }) => {
    const told = setting ?? (by && settingOfObject(by));
    return {
      type: "flow",
      address: by?.address ?? `network#${setting}`,
      stack: by?.stack ?? elsewhere,
      source: "input",
      attributes: { verdict: "unused", what, why, ...(told !== undefined && { setting: told }) },
    };
  });
}
