import path from "node:path";
import { loadFleet } from "../../src/fleet/load-fleet";
import type { PlatformStackName } from "../../src/model/stacks/stack-names";
import type { Target } from "../../src/model/target";
import { type Block, releaseValues, synthTarget } from "../support/synth";

/** A target that was written from a document, with what its stacks are synthesized to. */
type Reference = Pick<Target, "config" | "subnets" | "release" | "namespaces" | "capacity"> & {
  readonly json: Readonly<Record<PlatformStackName, string>>;
};

const { targets } = loadFleet(path.join(__dirname, "..", "..", "examples", "references"));

export function reference(name: string): Reference {
  const target = targets.find((each) => each.name === name);
  if (target === undefined) throw new Error(`no reference ${name}`);
  const { config, subnets, release, namespaces, capacity } = target;
  return { config, subnets, release, namespaces, capacity, json: synthTarget(target) };
}

interface Object {
  readonly kind: string;
  readonly metadata: Block;
  readonly spec: Block;
}

export function manifestsIn(json: string, address: string): Record<string, Object> {
  return releaseValues(json, address).manifests as Record<string, Object>;
}
