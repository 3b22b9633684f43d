import { at, entries, isUnknown, type Unknown, type Value } from "../../values/value";
import { amountText } from "./limit-range";
import { asksAsAWhole, type ContainerAmounts, podAmounts } from "./pod-resources";
import { thousandths } from "./quantity";
import { type QuotaScope, scopesOf } from "./quota-scopes";

/** What a quota lets a namespace have, in thousandths, by its own names: `requests.cpu`, `pods`. */
export interface Quota {
  readonly hard: ReadonlyMap<string, number | Unknown>;
  /** What restricts it to some pods; none: it counts all. */
  readonly scopes: readonly QuotaScope[];
}

/** A pod of a namespace with what it asks for. */
export interface CountedPod {
  readonly name: string;
  readonly spec: Value;
  /** With defaults. */
  readonly containers: readonly ContainerAmounts[];
  readonly count: number;
  readonly surge: number;
}

export function quotaOf(manifest: Value): Quota {
  const hard = new Map<string, number | Unknown>();
  for (const [name, value] of entries(at(manifest, "spec", "hard"))) {
    const amount = thousandths(value);
    if (amount !== undefined) hard.set(name, amount);
  }
  return { hard, scopes: scopesOf(at(manifest, "spec")) };
}

/** What a pod counts for (kubernetes/kubernetes v1.33.13, pkg/quota/v1/evaluator/core/pods.go). */
export function usageOf(spec: Value, containers: readonly ContainerAmounts[]): Map<string, number> {
  const usage = new Map([
    ["pods", 1000],
    ["count/pods", 1000],
  ]);
  for (const [resource, amount] of podAmounts(spec, containers, "requests")) {
    usage.set(`requests.${resource}`, amount);
    if (["cpu", "memory", "ephemeral-storage"].includes(resource)) usage.set(resource, amount);
  }
  for (const [resource, amount] of podAmounts(spec, containers, "limits"))
    usage.set(`limits.${resource}`, amount);
  return usage;
}

/** Containers that say nothing of what a quota counts: such a pod is refused, however much there is left. */
export function silentContainers(
  { hard }: Quota,
  { spec, containers }: Pick<CountedPod, "spec" | "containers">,
): string[] {
  if (asksAsAWhole(spec)) return [];
  return [...hard.keys()].flatMap((name) => {
    const [, part = "requests", resource] = /^(?:(requests|limits)\.)?(cpu|memory)$/.exec(name) ?? [];
    if (resource === undefined) return [];
    const silent = containers.filter(
      (each) => !(part === "limits" ? each.limits : each.requests).has(resource),
    );
    return silent.length === 0
      ? []
      : [`${silent.map((each) => each.name).join(", ")} must say ${part}.${resource}, which it counts`];
  });
}

export interface Overrun {
  readonly name: string;
  readonly hard: string;
  readonly total: string;
  /** `orders 4, ledger 2` */
  readonly parts: string;
}

/** Where pods together come above a quota: all there may be, and `surging`: one release at a time goes out beside them. */
export function overruns({ hard }: Quota, pods: readonly CountedPod[], surging: boolean): Overrun[] {
  return [...hard].flatMap(([name, most]): Overrun[] => {
    if (isUnknown(most)) return [];
    const asked = pods.map(({ name: who, spec, containers, count, surge }) => {
      const each = usageOf(spec, containers).get(name) ?? 0;
      return { who, all: each * count, more: each * surge };
    });
    const more = surging ? Math.max(0, ...asked.map((each) => each.more)) : 0;
    const total = asked.reduce((sum, each) => sum + each.all, 0) + more;
    if (total <= most) return [];
    const resource = name.replace(/^(requests|limits)\./, "");
    const parts = asked
      .filter(({ all }) => all > 0)
      .map(({ who, all }) => `${who} ${amountText(resource, all)}`);
    if (more > 0) parts.push(`while a release goes out ${amountText(resource, more)}`);
    return [
      { name, hard: amountText(resource, most), total: amountText(resource, total), parts: parts.join(", ") },
    ];
  });
}
