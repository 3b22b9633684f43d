import type { FlowLine } from "./summary";
import { endText } from "./text";

/** Ways that are open alike: to the same place, or from it. */
export interface OpenGroup {
  /** `allowed to internet, TCP 443`, and what keeps it from being certain. */
  readonly head: string;
  /** `kube-system: cilium, coredns, any pod`, a namespace each. */
  readonly lines: readonly string[];
}

/**
 * A list that a person can read: by verdict and place outside, then by namespace.
 *
 * @param side where the place outside is
 */
export function openGroups(flows: readonly FlowLine[], side: "from" | "to"): OpenGroup[] {
  const groups = grouped(flows, (flow) => {
    const end = endText(flow);
    const outside = side === "to" ? `to ${flow.to}, ${flow.protocol} ${flow.port}` : `from ${flow.from}`;
    return `${flow.verdict} ${outside}${end === "" ? "" : `, ${end}`}`;
  });
  return [...groups].map(([head, alike]) => ({ head, lines: byNamespace(alike, side) }));
}

function byNamespace(flows: readonly FlowLine[], side: "from" | "to"): string[] {
  const inside = flows.map((flow) => {
    const [namespace = "", ...workload] = (side === "to" ? flow.from : flow.to).split("/");
    const name = workload.join("/").replace(/^\*$/, "any pod");
    return { namespace, name: side === "to" ? name : `${name}:${flow.port}` };
  });
  return [...grouped(inside, ({ namespace }) => namespace)].map(([namespace, alike]) =>
    alike.every(({ name }) => name === "")
      ? namespace
      : `${namespace}: ${[...new Set(alike.map(({ name }) => name))].join(", ")}`,
  );
}

function grouped<Each>(all: readonly Each[], keyOf: (each: Each) => string): Map<string, Each[]> {
  const groups = new Map<string, Each[]>();
  for (const each of all) groups.set(keyOf(each), [...(groups.get(keyOf(each)) ?? []), each]);
  return groups;
}
