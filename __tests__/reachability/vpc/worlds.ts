import path from "node:path";
import { loadFleet } from "../../../src/fleet/load-fleet";
import { readStack } from "../../../src/guardrails/read/read-stack";
import type { Resource } from "../../../src/guardrails/resource";
import type { Target } from "../../../src/model/target";
import { isPlatformStack, type StackName } from "../../../src/model/stacks/stack-names";
import { endOf, type Hop, verdictOf } from "../../../src/reachability/hop";
import { decideVpc } from "../../../src/reachability/vpc/decide";
import type { InterfacePlace, VpcPlace } from "../../../src/reachability/vpc/places";
import { vpcWorld, type VpcWorld } from "../../../src/reachability/vpc/world";
import { synthTarget } from "../../support/synth";

const root = path.join(__dirname, "..", "..", "..");

/** Every target of the samples. */
export const samples: readonly Target[] = [
  ...loadFleet(path.join(root, "envs")).targets,
  ...loadFleet(path.join(root, "examples", "envs")).targets,
];

/** Stacks that hold anything of a VPC. */
const NETWORKED: readonly StackName[] = [
  "network",
  "cluster",
  "cni",
  "nodes",
  "autoscaling",
  "mesh",
  "policies",
  "federation",
];

const known = new Map<string, Record<string, string>>();

/** Terraform JSON by the stack's id, as it is written to the output folder. */
export function stacksOf(target: Target): Record<string, string> {
  const found = known.get(target.name);
  if (found !== undefined) return found;
  const all = synthTarget(target);
  const own = NETWORKED.filter((name) => target.stacks.includes(name)).filter(isPlatformStack);
  const made = Object.fromEntries(own.map((name) => [`${target.workspace}-${name}`, all[name]]));
  known.set(target.name, made);
  return made;
}

export function read(stacks: Readonly<Record<string, string>>): Resource[] {
  return Object.entries(stacks).flatMap(([name, json]) => readStack(JSON.parse(json), name));
}

export function worldOf(...targets: readonly Target[]): VpcWorld {
  return vpcWorld(targets.flatMap((each) => read(stacksOf(each))));
}

/** A world of resources that a test writes, in one stack. */
export function worldWith(
  resources: Readonly<Record<string, Readonly<Record<string, object>>>>,
  data: Readonly<Record<string, object>> = {},
): VpcWorld {
  return vpcWorld(readStack({ resource: resources, data }, "test-network"));
}

/** `allowed`, or where and why not. */
export function told(hops: readonly Hop[]): string {
  const end = endOf(hops);
  return end === undefined ? verdictOf(hops) : `${end.verdict} at ${end.at}: ${end.says}`;
}

/** Terraform JSON as far as these faults change it. */
export interface Stack {
  readonly resource: Record<string, Record<string, Record<string, unknown>>>;
  readonly module: Record<string, Record<string, unknown>>;
}

export function sample(name: string): Target {
  const found = samples.find((each) => each.name === name);
  if (found === undefined) throw new Error(name);
  return found;
}

/** The world of some targets, with a fault in one of their stacks. */
export function withFault(targets: readonly string[], stack: string, put: (json: Stack) => void): VpcWorld {
  const stacks = Object.assign({}, ...targets.map((each) => stacksOf(sample(each)))) as Record<
    string,
    string
  >;
  const json = JSON.parse(stacks[stack] ?? "{}") as Stack;
  put(json);
  return vpcWorld(read({ ...stacks, [stack]: JSON.stringify(json) }));
}

export function remove(blocks: Record<string, unknown> | undefined, which: RegExp): void {
  const found = Object.keys(blocks ?? {}).filter((each) => which.test(each));
  if (blocks === undefined || found.length === 0) throw new Error(`nothing is called ${which.source}`);
  for (const each of found) delete blocks[each];
}

export const first = (places: readonly InterfacePlace[]): InterfacePlace => {
  const [place] = places;
  if (place === undefined) throw new Error("no place");
  return place;
};
export const controlPlane = (world: VpcWorld, workspace: string) => {
  const found = world.clusters.get(workspace)?.controlPlane;
  if (found === undefined) throw new Error(workspace);
  return found;
};
export const ask = (
  world: VpcWorld,
  from: VpcPlace,
  to: VpcPlace,
  port: number,
  protocol: "tcp" | "udp" = "tcp",
) => told(decideVpc(world, from, to, port, protocol));
