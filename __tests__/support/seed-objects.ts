import fs from "node:fs";
import path from "node:path";
import { loadFleet } from "../../src/fleet/load-fleet";
import type { Target } from "../../src/model/target";
import type { Manifest } from "../../src/modules/manifest-release";
import type { StackName } from "../../src/model/stacks/stack-names";
import { aFolder } from "./fixtures";
import { releaseValues, resourcesOf, synthTarget } from "./synth";

/** An example object of a seed, by its kind and name there. */
export interface SeedObject {
  readonly seed: "000" | "003" | "004";
  /** Heading, or number of the section. */
  readonly section: string;
  readonly kind: string;
  readonly name: string;
}

const in000 = (section: string, ...objects: readonly (readonly [string, string])[]) =>
  objects.map(([kind, name]): SeedObject => ({ seed: "000", section, kind, name }));
const in003 = (section: string, kind: string, name: string): SeedObject => ({
  seed: "003",
  section,
  kind,
  name,
});
const in004 = (section: number, ...objects: readonly (readonly [string, string])[]) =>
  objects.map(([kind, name]): SeedObject => ({ seed: "004", section: String(section), kind, name }));

/**
 * Every example object of seeds 000, 002, 003 and 004, in their order. Seed 002 has none: it shows commands. Three lines
 * of seed 000 about scaling name a kind without an example; they are here by that kind, named after what they say.
 */
export const seedObjects: readonly SeedObject[] = [
  ...in000(
    "Network policies",
    ["NetworkPolicy", "deny-all-for-app-default"],
    ["CiliumNetworkPolicy", "deny-app-default"],
  ),
  ...in000("Pod Security Standards", ["Namespace", "workloads"]),
  ...in000("Karpenter", ["EC2NodeClass", "general-al2023"], ["NodePool", "general"]),
  ...in000(
    "Scaling",
    ["HorizontalPodAutoscaler", "CPU and memory"],
    ["VerticalPodAutoscaler", "recommendations"],
    ["ScaledObject", "SQS depth"],
  ),
  ...in000(
    "Istio",
    ["Gateway", "public-gw"],
    ["VirtualService", "web-vs"],
    ["DestinationRule", "api-dr"],
    ["VirtualService", "grpc-vs"],
  ),
  ...in000("Gateway API", ["GRPCRoute", "greeter"]),
  in003("Phase 1", "Cilium values", "cluster-pool, native routing"),
  in003("Phase 2", "Cilium values", "cluster-pool, vxlan"),
  in003("Phase 3", "Cilium values", "eni, prefix delegation"),
  ...in004(
    5,
    ["Service", "backend-svc"],
    ["Service", "backend-nodeport"],
    ["Service", "backend-lb"],
    ["Service", "cassandra"],
  ),
  ...in004(6, ["ConfigMap", "coredns"]),
  ...in004(
    7,
    ["NetworkPolicy", "default-deny-all"],
    ["NetworkPolicy", "allow-frontend-to-backend"],
    ["NetworkPolicy", "allow-db-egress"],
  ),
  ...in004(
    8,
    ["Ingress", "app-ingress"],
    ["GatewayClass", "aws-gateway"],
    ["Gateway", "prod-gateway"],
    ["HTTPRoute", "api-route"],
  ),
  ...in004(9, ["VirtualService", "backend-vs"], ["DestinationRule", "backend-dr"]),
  ...in004(11, ["ENIConfig", "us-east-1a"]),
  ...in004(13, ["Ingress", "production-ingress"]),
  ...in004(14, ["SecurityGroupPolicy", "backend-sgp"]),
  ...in004(15, ["ClusterConfig", "prod-cluster"]),
  ...in004(17, ["ClusterConfig", "ipv6-cluster"]),
];

export const ROOT = path.join(__dirname, "..", "..");
const CONFIGS = path.join(ROOT, "examples", "seed-objects");

const targets = new Map<string, { target: Target; stacks: Record<StackName, string> }>();

/** The target of a config in examples/seed-objects. All checks pass, or this throws. */
export function seedTarget(name: string): { target: Target; stacks: Record<StackName, string> } {
  const known = targets.get(name);
  if (known !== undefined) return known;
  const read = (file: string) => fs.readFileSync(path.join(CONFIGS, `${file}.yaml`), "utf8");
  const [target] = loadFleet(
    aFolder({ "platform.yaml": read("platform"), "seeds/us-east-1.yaml": read(name) }),
  ).targets;
  if (target === undefined) throw new Error(`no target in ${name}.yaml`);
  const made = { target, stacks: synthTarget(target) };
  targets.set(name, made);
  return made;
}

/** An object among all that the releases of a stack hold. */
export function seedManifest(
  config: string,
  stack: StackName,
  kind: string,
  name: string,
  namespace?: string,
): Manifest {
  const json = seedTarget(config).stacks[stack];
  const all = Object.keys(resourcesOf(json, "helm_release")).flatMap((release) =>
    Object.values((releaseValues(json, release).manifests ?? {}) as Record<string, Manifest>),
  );
  const found = all.find(
    (each) =>
      each.kind === kind &&
      each.metadata.name === name &&
      (namespace === undefined || each.metadata.namespace === namespace),
  );
  if (found === undefined) {
    const there = all.map((each) => `${each.kind}/${each.metadata.name}`).join(", ");
    throw new Error(`no ${kind}/${name} in ${stack}; there are ${there}`);
  }
  return found;
}
