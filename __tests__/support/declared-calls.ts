import type { Manifest } from "../../src/modules/manifest";
import { releaseValues, resourcesOf, synthYaml } from "./synth";

/** A mesh of Istio with its gateway. */
export const MESH = "mesh: { kind: istio, id: a, trustDomain: a.b, ingressGateway: {} }\ningress: {}\n";
const SERVICE =
  "image: '111122223333.dkr.ecr.us-east-1.amazonaws.com/x:1', ports: { http: { port: 80, targetPort: 8080, protocol: http }, admin: { port: 9000, protocol: tcp } }, resources: { cpus: 0.1, memoryMiB: 64 }";
/** A line of `workloads`. */
export const service = (name: string, namespace: string, more = "") =>
  `  ${name}: { namespace: ${namespace}, ${SERVICE}${more} }\n`;
/** Two namespaces of the mesh, with their `allow`. */
export const namespaces = (edge: string, payments: string) =>
  `namespaces:\n  edge: { labels: { istio-injection: enabled }, allow: [${edge}] }\n  payments: { labels: { istio-injection: enabled }, allow: [${payments}] }\n`;

/** Objects of all releases of a target. */
export function objects(yaml: string): Manifest[] {
  return Object.values(synthYaml(yaml)).flatMap((json) =>
    Object.keys(resourcesOf(json, "helm_release")).flatMap((name) =>
      Object.values((releaseValues(json, name).manifests ?? {}) as Record<string, Manifest>),
    ),
  );
}
export const find = (all: readonly Manifest[], kind: string, namespace: string): Manifest[] =>
  all.filter((each) => each.kind === kind && each.metadata.namespace === namespace);
/** Their specs as JSON. */
export const text = (all: readonly Manifest[]) => JSON.stringify(all.map(({ spec }) => spec));
