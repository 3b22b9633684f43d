import { at, entries, isUnknown, type Value } from "../../values/value";
import { containersOf } from "../pods/pod";
import { thousandths } from "./quantity";

/** Amounts by resource, in thousandths: `cpu`, `memory`, `nvidia.com/gpu`. */
export type Amounts = ReadonlyMap<string, number>;

/** What a container asks for and may use. */
export interface ContainerAmounts {
  readonly name: string;
  readonly requests: Amounts;
  readonly limits: Amounts;
  readonly isInit: boolean;
  /** An init container that goes on beside the others. */
  readonly isSidecar: boolean;
}

/** What all containers of a pod ask for; undefined where some of it is not known yet. */
export function containerAmounts(spec: Value): ContainerAmounts[] | undefined {
  const all = containersOf(spec).map(({ name, spec: container, isInit }) => {
    const requests = amountsOf(at(container, "resources", "requests"));
    const limits = amountsOf(at(container, "resources", "limits"));
    if (requests === undefined || limits === undefined) return undefined;
    // What has a limit and no request asks for its limit (pkg/apis/core/v1, SetDefaults_Pod).
    const asked = new Map([...limits, ...requests]);
    return { name, requests: asked, limits, isInit, isSidecar: isInit && isAlways(container) };
  });
  return all.every((each) => each !== undefined) ? all : undefined;
}

function isAlways(container: Value): boolean {
  return at(container, "restartPolicy") === "Always";
}

/** Undefined: some of it is not known yet. */
export function amountsOf(value: Value): Map<string, number> | undefined {
  if (isUnknown(value)) return undefined;
  const amounts = new Map<string, number>();
  for (const [resource, quantity] of entries(value)) {
    const amount = thousandths(quantity);
    if (isUnknown(amount)) return undefined;
    if (amount !== undefined) amounts.set(resource, amount);
  }
  return amounts;
}

/**
 * What a pod asks for, or may use, as a whole: its containers and sidecars together, or more where an init container needs
 * more while it runs (k8s.io/component-helpers, resource.PodRequests); what the pod says of itself goes before.
 */
export function podAmounts(
  spec: Value,
  containers: readonly ContainerAmounts[],
  part: "requests" | "limits",
): Map<string, number> {
  const running = new Map<string, number>();
  const starting = new Map<string, number>();
  const sidecars = new Map<string, number>();
  for (const each of containers) {
    if (each.isSidecar) add(sidecars, each[part]);
    if (each.isSidecar || !each.isInit) add(running, each[part]);
    if (each.isSidecar) keepMost(starting, sidecars);
    else if (each.isInit) keepMost(starting, sum(sidecars, each[part]));
  }
  keepMost(running, starting);
  for (const [resource, amount] of amountsOf(at(spec, "resources", part)) ?? [])
    running.set(resource, amount);
  const overhead = amountsOf(at(spec, "overhead"));
  return overhead === undefined ? running : sum(running, overhead);
}

function add(to: Map<string, number>, amounts: Amounts): void {
  for (const [resource, amount] of amounts) to.set(resource, (to.get(resource) ?? 0) + amount);
}

function sum(a: Amounts, b: Amounts): Map<string, number> {
  const both = new Map(a);
  add(both, b);
  return both;
}

function keepMost(to: Map<string, number>, amounts: Amounts): void {
  for (const [resource, amount] of amounts) to.set(resource, Math.max(to.get(resource) ?? 0, amount));
}

/** Whether the pod asks as a whole, so that its containers need not. */
export function asksAsAWhole(spec: Value): boolean {
  return entries(at(spec, "resources")).some(([, amounts]) => entries(amounts).length > 0);
}
