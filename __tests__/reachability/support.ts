import path from "node:path";
import { loadFleet } from "../../src/fleet/load-fleet";
import type { Inventory, Resource } from "../../src/guardrails/resource";
import { at, text } from "../../src/values/value";
import type { Target } from "../../src/model/target";
import type { JudgedNeed } from "../../src/reachability/path/judge-needs";
import { needName } from "../../src/reachability/needs/need";
import { targetInventory } from "../../src/synth/guard-targets";
import { Networks } from "../../src/synth/networks";
import { reachTarget, type TargetReach } from "../../src/synth/reach-target";

const root = path.join(__dirname, "..", "..");

/** Every sample and example. */
export const sampleTargets: readonly Target[] = ["envs", "examples/envs"].flatMap(
  (folder) => loadFleet(path.join(root, folder)).targets,
);

export function sample(name: string): Target {
  const found = sampleTargets.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no sample ${name}`);
  return found;
}

const inventories = new Map<Target, Inventory>();
const networks = new Networks(targetInventory);

/** What a target needs, after something was done to what its stacks make. */
export function reachOf(
  target: Target,
  change: (resources: readonly Resource[]) => readonly Resource[] = (all) => all,
): TargetReach {
  const inventory = inventories.get(target) ?? targetInventory(target);
  inventories.set(target, inventory);
  return reachTarget(
    target,
    { ...inventory, resources: change(inventory.resources) },
    networks.ofPeers(target),
  );
}

/** The resources without one object: `NetworkPolicy payments/allow-dns`. */
export function without(object: string): (all: readonly Resource[]) => readonly Resource[] {
  return (all) => {
    const left = all.filter((each) => objectOf(each) !== object);
    if (left.length === all.length) throw new Error(`no ${object}`);
    return left;
  };
}

export function objectOf({ attributes }: Resource): string {
  const metadata = at(attributes, "metadata");
  return `${text(attributes.kind)} ${text(at(metadata, "namespace"))}/${text(at(metadata, "name"))}`;
}

/** Needs that are denied, each with where it ends; not those that something stands in for. */
export function unmet(judged: readonly JudgedNeed[]): string[] {
  return ended(judged.filter(({ verdict, need }) => verdict === "denied" && need.without === undefined));
}

export function ended(judged: readonly JudgedNeed[]): string[] {
  return judged.map(
    ({ need, verdict, end }) => `${need.kind}: ${needName(need)} ${verdict} at ${end?.at}: ${end?.says}`,
  );
}
