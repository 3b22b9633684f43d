import fs from "node:fs";
import path from "node:path";
import { loadFleet } from "../../src/fleet/load-fleet";
import type { Target } from "../../src/model/target";
import type { Manifest } from "../../src/modules/manifest";
import type { PlatformStackName } from "../../src/model/stacks/stack-names";
import { aFolder } from "./fixtures";
import { releaseValues, resourcesOf, synthTarget } from "./synth";

/** Cilium's modes are values of a chart: their tests are by mode, in __tests__/checks/cilium-address-modes.test.ts. */
export const CILIUM_ADDRESSES = "Cilium, addresses of pods";

/** An object that teams write by hand for an EKS platform, by its subject, kind and name. */
export interface ReferenceObject {
  readonly subject: string;
  readonly kind: string;
  readonly name: string;
}

const of = (subject: string, ...objects: readonly (readonly [string, string])[]) =>
  objects.map(([kind, name]): ReferenceObject => ({ subject, kind, name }));

/** In the order of the table in docs/reference-objects.md. What has no name of its own is named after what it says. */
export const referenceObjects: readonly ReferenceObject[] = [
  ...of(
    "Isolated pods",
    ["NetworkPolicy", "deny-all-for-app-default"],
    ["CiliumNetworkPolicy", "deny-app-default"],
  ),
  ...of("Pod Security Standards", ["Namespace", "workloads"]),
  ...of("Karpenter", ["EC2NodeClass", "general-al2023"], ["NodePool", "general"]),
  ...of(
    "Scaling",
    ["HorizontalPodAutoscaler", "CPU and memory"],
    ["VerticalPodAutoscaler", "recommendations"],
    ["ScaledObject", "SQS depth"],
  ),
  ...of(
    "Istio, ingress",
    ["Gateway", "public-gw"],
    ["VirtualService", "web-vs"],
    ["DestinationRule", "api-dr"],
    ["VirtualService", "grpc-vs"],
  ),
  ...of("Gateway API, gRPC", ["GRPCRoute", "greeter"]),
  ...of(
    CILIUM_ADDRESSES,
    ["Cilium values", "cluster-pool, native routing"],
    ["Cilium values", "cluster-pool, vxlan"],
    ["Cilium values", "eni, prefix delegation"],
  ),
  ...of(
    "Services",
    ["Service", "backend-svc"],
    ["Service", "backend-nodeport"],
    ["Service", "backend-lb"],
    ["Service", "cassandra"],
  ),
  ...of("DNS", ["ConfigMap", "coredns"]),
  ...of(
    "Declared flows",
    ["NetworkPolicy", "default-deny-all"],
    ["NetworkPolicy", "allow-frontend-to-backend"],
    ["NetworkPolicy", "allow-db-egress"],
  ),
  ...of(
    "Ingress and Gateway API",
    ["Ingress", "app-ingress"],
    ["GatewayClass", "aws-gateway"],
    ["Gateway", "prod-gateway"],
    ["HTTPRoute", "api-route"],
  ),
  ...of("Istio, split", ["VirtualService", "backend-vs"], ["DestinationRule", "backend-dr"]),
  ...of("Custom networking", ["ENIConfig", "us-east-1a"]),
  ...of("Application load balancer", ["Ingress", "production-ingress"]),
  ...of("Security groups for pods", ["SecurityGroupPolicy", "backend-sgp"]),
  ...of("eksctl", ["ClusterConfig", "prod-cluster"], ["ClusterConfig", "ipv6-cluster"]),
];

export const ROOT = path.join(__dirname, "..", "..");
const CONFIGS = path.join(ROOT, "examples", "reference-objects");

const targets = new Map<string, { target: Target; stacks: Record<PlatformStackName, string> }>();

/** The target of a config in examples/reference-objects. All checks pass, or this throws. */
export function referenceTarget(name: string): { target: Target; stacks: Record<PlatformStackName, string> } {
  const known = targets.get(name);
  if (known !== undefined) return known;
  const read = (file: string) => fs.readFileSync(path.join(CONFIGS, `${file}.yaml`), "utf8");
  const [target] = loadFleet(
    aFolder({ "platform.yaml": read("platform"), "reference/us-east-1.yaml": read(name) }),
  ).targets;
  if (target === undefined) throw new Error(`no target in ${name}.yaml`);
  const made = { target, stacks: synthTarget(target) };
  targets.set(name, made);
  return made;
}

/** An object among all that the releases of a stack hold. */
export function referenceManifest(
  config: string,
  stack: PlatformStackName,
  kind: string,
  name: string,
  namespace?: string,
): Manifest {
  const json = referenceTarget(config).stacks[stack];
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
