import { partitionOf } from "../facts/regions";
import { DEFAULT_REPLICAS } from "../facts/defaults";
import { isInMesh, istioOf } from "./mesh";
import type { TargetConfig } from "../config/schema/target";
import type { ServiceConfig } from "../config/schema/workloads/service";
import { type WorkloadConfig } from "../config/schema/workloads/workloads";

type Ports = WorkloadConfig["ports"];
type Protocol = Ports[string]["protocol"];

/** Services of a target by name. */
export function workloadsOf({ workloads }: Pick<TargetConfig, "workloads">): Record<string, WorkloadConfig> {
  return workloads ?? {};
}

/** `{account}`, `{region}` and `{partition}` in a text, as the target has them. */
export function inTarget(text: string, { account }: Pick<TargetConfig, "account">, region: string): string {
  return text
    .replaceAll("{account}", account.id)
    .replaceAll("{region}", region)
    .replaceAll("{partition}", partitionOf(region));
}

/** The image as nodes pull it: from the mirror, where there is one and the image is not already in it. */
export function pulledImage(
  { image }: Pick<WorkloadConfig, "image">,
  config: Pick<TargetConfig, "account" | "images">,
  region: string,
): string {
  const full = inTarget(image, config, region);
  const mirror = config.images?.mirror;
  return mirror === undefined || full.startsWith(`${mirror}/`) ? full : `${mirror}/${full}`;
}

/** Name of the port that answers kubelet: the one that is named, or the first of the protocol that says most. */
export function probePort({ probes, ports }: Pick<WorkloadConfig, "probes" | "ports">): string | undefined {
  if (probes.port !== undefined) return probes.port;
  const order: readonly Protocol[] = ["http", "grpc", "tcp"];
  return order.flatMap((protocol) => firstPort(ports, protocol) ?? [])[0];
}

function firstPort(ports: Ports, protocol: Protocol): string | undefined {
  return Object.keys(ports).find((name) => ports[name]?.protocol === protocol);
}

/** Name of a service's AWS role, behind the cluster's. Apart from those of the platform's components. */
export function rolePurpose(service: string): string {
  return `service-${service}`;
}

/** The same for an identity of `podIdentities`. */
export function podRolePurpose(name: string): string {
  return `pod-${name}`;
}

/** Whether a service has an AWS role of its own. */
export function hasRole({ identity, secrets }: Pick<WorkloadConfig, "identity" | "secrets">): boolean {
  return identity !== undefined || Object.values(secrets).some(({ kind }) => kind === "mounted");
}

/** Ports of the pods behind these ports of a service, by name; without names: all. */
export function podPorts({ ports }: Pick<WorkloadConfig, "ports">, names?: readonly string[]): number[] {
  return Object.entries(ports).flatMap(([name, { port, targetPort = port }]) =>
    (names?.includes(name) ?? true) ? [targetPort] : [],
  );
}

/** Ports on which pods of one service call each other: those it names, or all of a stateful set, whose pods are named for it. */
export function peerPorts(
  workload: Pick<WorkloadConfig, "ports" | "peers" | "controller" | "app">,
): number[] {
  const { peers, controller, app } = workload;
  if (app !== undefined) return [];
  return podPorts(workload, peers ?? (controller === "stateful-set" ? undefined : []));
}

export interface ReadMetrics {
  readonly port: string;
  readonly path: string;
  readonly intervalSeconds: number;
  /** Who answers: the container itself, or the agent of its sidecar, which the mesh's rules do not hold for. */
  readonly from: "container" | "sidecar";
}

/** Where Prometheus reads a service; undefined: nowhere. */
export function metricsOf(
  { metrics, ports, namespace }: Pick<WorkloadConfig, "metrics" | "ports" | "namespace">,
  config: Pick<TargetConfig, "observability" | "mesh" | "namespaces">,
): ReadMetrics | undefined {
  const { observability } = config;
  if (metrics === false || observability?.prometheus === undefined) return undefined;
  if (isHiddenFromPrometheus(namespace, config)) return undefined;
  const from = isInMesh(config, namespace) ? "sidecar" : "container";
  if (metrics !== undefined) return { ...metrics, from };
  const port = firstPort(ports, "http");
  return port === undefined ? undefined : { port, path: "/metrics", intervalSeconds: 30, from };
}

/** Whether a node's proxy refuses Prometheus, which has no identity in the mesh: an ambient one has no agent in the pod. */
export function isHiddenFromPrometheus(
  namespace: string,
  config: Pick<TargetConfig, "mesh" | "namespaces">,
): boolean {
  return config.mesh?.kind === "istio-ambient" && strangersMeet(namespace, config) !== undefined;
}

/** Why pods of a namespace refuse who has no identity in the mesh, as load balancers have none; undefined: they don't. */
export function strangersMeet(
  namespace: string,
  config: Pick<TargetConfig, "mesh" | "namespaces">,
): string | undefined {
  const mesh = istioOf(config.mesh);
  if (mesh === undefined || !isInMesh(config, namespace)) return undefined;
  if (mesh.mtls.mode === "strict") return "takes only mutual TLS";
  // Rules of services name identities.
  return mesh.defaultDeny.enabled ? "denies by default" : undefined;
}

/** Where a service sends traces; undefined: nowhere. */
export function tracingOf(
  { tracing }: Pick<WorkloadConfig, "tracing">,
  { observability }: Pick<TargetConfig, "observability">,
): { collectorNamespace: string; sampleRatio: number } | undefined {
  const collector = observability?.openTelemetry;
  if (tracing === false || collector === undefined) return undefined;
  return { collectorNamespace: collector.namespace, sampleRatio: tracing?.sampleRatio ?? 1 };
}

export function serviceOf({
  service,
  controller,
}: Pick<WorkloadConfig, "service" | "controller">): ServiceConfig {
  return service ?? { kind: controller === "stateful-set" ? "headless" : "cluster-ip" };
}

/** Most and fewest replicas that a service can have. */
export function replicaRange({ replicas, scaling }: Pick<WorkloadConfig, "replicas" | "scaling">): {
  min: number;
  max: number;
} {
  const { horizontal } = scaling;
  const fixed = replicas ?? DEFAULT_REPLICAS;
  return horizontal ? { min: horizontal.min, max: horizontal.max } : { min: fixed, max: fixed };
}
