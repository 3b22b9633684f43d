import { compareValues } from "../diff/compare";
import type { Finding } from "../model/change";
import { say, words } from "../model/phrase";
import { at, field, items, type Json, sameJson, text } from "../../terraform-plan/json";
import type { PlannedChange } from "../read/plan";
import { settingLines } from "../story/setting-lines";
import { kindOf, objectName, objectSteps } from "./release-values";
import { finding } from "./rule";

/**
 * Fields by which Karpenter decides how and how many, and for which it replaces no node: of a pool all but its template
 * (kubernetes-sigs/karpenter v1.8.0 pkg/apis/v1/nodepool.go, Hash), of a class what its hash leaves out and nothing else compares
 * (aws/karpenter-provider-aws pkg/apis/v1/ec2nodeclass.go).
 */
const BEHAVIOUR: ReadonlyMap<string, RegExp> = new Map([
  ["NodePool", /^(?!template\b)/],
  ["EC2NodeClass", /^ipPrefixCount\b/],
]);

/** What Karpenter does with its nodes when their class or pool changes: it replaces those that no longer are as it says. */
export function karpenterFindings(change: PlannedChange): Finding[] {
  const steps = objectSteps(change);
  const isPool = (object: Json | undefined) => object !== undefined && kindOf(object) === "NodePool";
  const losesPools = steps.some(([old, now]) => isPool(old) && now === undefined);
  return steps.flatMap(([old, now]) => {
    if (old === undefined || !BEHAVIOUR.has(kindOf(old))) return [];
    // A class has no nodes but those of its pools.
    if (now === undefined) return losesPools && !isPool(old) ? [] : [lostFinding(old)];
    return sameJson(field(old, "spec"), field(now, "spec")) ? [] : driftFindings(old, now);
  });
}

function lostFinding(object: Json): Finding {
  const what = kindOf(object) === "NodePool" ? "pool" : "class";
  return finding(
    "NODES-LOST",
    say`deletes Karpenter's ${words(what)} ${objectName(object)} and drains its nodes`,
    {
      why: "Karpenter drains all nodes that it made for it. Pods need room elsewhere, and what is on the nodes' own disks is lost.",
      alike: { says: words("deletes Karpenter's"), noun: what, subject: objectName(object) },
    },
  );
}

function driftFindings(old: Json, now: Json): Finding[] {
  const name = objectName(now);
  const { shown } = compareValues(field(old, "spec"), field(now, "spec"), Infinity);
  const counting = shown.filter(({ path }) => !(BEHAVIOUR.get(kindOf(now))?.test(path) ?? false));
  if (counting.length === 0) return [];
  const details = settingLines(counting, 5);
  const [system, next] = [familyOf(old), familyOf(now)];
  if (system !== undefined && next !== undefined && system !== next) {
    return [
      finding(
        "NODES-SYSTEM",
        say`puts the nodes of Karpenter's class ${name} on ${next} in place of ${system}`,
        {
          details: [
            words("Karpenter replaces its nodes one after another, within the pools' budgets"),
            ...details,
          ],
        },
      ),
    ];
  }
  const what = kindOf(now) === "NodePool" ? "pool" : "class";
  return [
    finding("NODES-ROLL", say`has Karpenter replace nodes of its ${words(what)} ${name}`, {
      details,
      why: "A node that differs from its pool and class has drifted: it is drained and replaced, as the pools' budgets allow.",
      ...(counting.every(({ path }) => path.startsWith("template.spec.requirements")) && {
        doubt: words("nodes that fit the new requirements stay"),
      }),
    }),
  ];
}

/** `bottlerocket@v1.65.0` is bottlerocket. */
function familyOf(nodeClass: Json): string | undefined {
  const alias = text(field(items(at(nodeClass, ["spec", "amiSelectorTerms"]))[0], "alias"));
  return alias?.split("@")[0] ?? text(at(nodeClass, ["spec", "amiFamily"]))?.toLowerCase();
}

/** Whether what an object's change does is told by `karpenterFindings`. */
export function isToldByNodes(old: Json | undefined, now: Json | undefined): boolean {
  return (
    old !== undefined &&
    now !== undefined &&
    driftFindings(old, now).length > 0 &&
    /^(EC2NodeClass|NodePool)$/.test(kindOf(old))
  );
}
