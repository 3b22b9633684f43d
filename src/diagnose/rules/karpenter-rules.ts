import { amountOf } from "../read/amounts";
import { at, type Found, listAt, quoteIn, textAt } from "../read/values";
import type { Reading, Rule } from "../rule";
import type { World } from "../world";

/** Node classes that say themselves, in whatever form they were asked for, that they are not ready. */
const notReady: Rule = ({ rows, objects, collected }) => [
  ...rows
    .filter(({ from, cells }) => /ec2nodeclass/.test(from.command) && cells.READY === "False")
    .map(({ from, line, text, cells }): Reading => ({
      cause: "karpenter-node-class",
      certainty: "likely",
      quotes: [{ file: from.file, line, text: text.trim() }],
      detail: cells.NAME ?? "",
    })),
  ...objects
    .filter(({ value }) => value.kind === "EC2NodeClass")
    .flatMap(({ value, from }) => {
      const name = textAt(value, "metadata", "name");
      const failed = listAt(value, "status", "conditions").find(
        (each) => at(each, "status") === "False" && at(each, "type") === "Ready",
      );
      if (failed === undefined) return [];
      const why = textAt(failed, "message") || textAt(failed, "reason");
      return [
        {
          cause: "karpenter-node-class",
          certainty: "likely",
          quotes: [quoteIn(from, `"${name}"`, `ec2nodeclass ${name}: not Ready: ${why}`)],
          detail: why,
        } as const,
      ];
    }),
  ...collected
    .filter(({ command }) => /describe ec2nodeclass/.test(command))
    .flatMap((from) => {
      const why = conditionOf(from.text);
      return why === undefined
        ? []
        : [
            {
              cause: "karpenter-node-class",
              certainty: "likely",
              quotes: [quoteIn(from, why, `not Ready: ${why}`)],
              detail: why,
            } as const,
          ];
    }),
];

/** The message of `Ready: False` as kubectl describe prints conditions: their fields in the order of the alphabet. */
function conditionOf(text: string): string | undefined {
  const parts = text.split(/^ +Last Transition Time:/m);
  const failed = parts.find((part) => /^ +Status: +False$/m.test(part) && /^ +Type: +Ready$/m.test(part));
  return failed === undefined ? undefined : /^ +Message: +(.+)$/m.exec(failed)?.[1];
}

/** A pool that has as much as it may, while pods wait (spec.limits and status.resources of karpenter.sh/v1 NodePool). */
const full: Rule = (world) =>
  world.objects.flatMap(({ value, from }): Reading[] => {
    if (value.kind !== "NodePool") return [];
    const reached = reachedOf({ value, from });
    if (reached === undefined) return [];
    const name = textAt(value, "metadata", "name");
    return [
      {
        cause: "karpenter-limits",
        certainty: isWaiting(world) ? "likely" : "possible",
        quotes: [quoteIn(from, name, `nodepool ${name}: ${reached}`)],
        detail: `${name}: ${reached}`,
      },
    ];
  });

function reachedOf({ value }: Found): string | undefined {
  const limits = at(value, "spec", "limits");
  if (typeof limits !== "object" || limits === null) return undefined;
  return Object.entries(limits)
    .filter(([resource, limit]) => {
      const most = amountOf(String(limit));
      const used = amountOf(textAt(value, "status", "resources", resource));
      return most !== undefined && used !== undefined && used >= most;
    })
    .map(
      ([resource, limit]) => `${textAt(value, "status", "resources", resource)} of ${limit} ${resource}`,
    )[0];
}

function isWaiting({ pods, lines }: World): boolean {
  return (
    pods.some(({ status }) => status === "Pending") || lines.some(({ text }) => /FailedScheduling/.test(text))
  );
}

export const karpenterRules: readonly Rule[] = [notReady, full];
