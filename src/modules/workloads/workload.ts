import { type Labels, WORKLOAD_LABEL } from "../policies/labels";
import type { RemoteKey } from "../secrets/external-secret";
import type { AwsPlace } from "../../components/external-secrets/secret-store";
import type { Trigger } from "./triggers";

export type Controller = "deployment" | "stateful-set" | "rollout";
export type PortProtocol = "http" | "grpc" | "tcp";

export interface WorkloadPort {
  readonly name: string;
  /** Of the service. */
  readonly port: number;
  /** Of the container. */
  readonly targetPort: number;
  readonly protocol: PortProtocol;
}

/** What a container is asked by, after the protocol of its port. */
export interface Probes {
  readonly port: WorkloadPort;
  readonly live: string;
  readonly ready: string;
  readonly startupSeconds: number;
}

export type WorkloadSecret =
  | {
      readonly kind: "external-secret";
      readonly name: string;
      readonly store: string;
      readonly as: "environment" | "files";
      readonly keys: Readonly<Record<string, RemoteKey>>;
    }
  | {
      readonly kind: "mounted";
      readonly name: string;
      readonly source: "secrets-manager" | "parameter-store";
      readonly keys: Readonly<Record<string, RemoteKey>>;
      readonly keyArns: readonly string[];
    };

export interface WorkloadVolume {
  readonly name: string;
  readonly gib: number;
  readonly mountPath: string;
}

export interface Toleration {
  readonly key: string;
  readonly value: string;
  readonly effect: string;
}

/** CPU in cores, memory in MiB. */
export interface WorkloadResources {
  readonly cpus: number;
  readonly memoryMiB: number;
  readonly memoryLimitMiB: number;
}

export interface WorkloadMetrics {
  /** Name of a port of http. */
  readonly port: string;
  readonly path: string;
  readonly intervalSeconds: number;
  /** Who answers Prometheus: the container itself, or the agent of its sidecar. */
  readonly from: "container" | "sidecar";
}

export interface HorizontalScaling {
  readonly min: number;
  readonly max: number;
  readonly cpuPercent?: number;
  readonly memoryPercent?: number;
  /** What KEDA asks; none: an HPA by CPU and memory alone. */
  readonly triggers: readonly Trigger[];
}

export interface VerticalScaling {
  readonly mode: "recommend" | "initial" | "recreate" | "in-place";
  readonly resources: readonly ("cpu" | "memory")[];
  readonly max?: { readonly cpus?: number; readonly memoryMiB?: number };
}

export type ServiceKind =
  | { readonly kind: "cluster-ip" }
  | { readonly kind: "headless" }
  | { readonly kind: "node-port"; readonly nodePorts: Readonly<Record<string, number>> }
  | {
      readonly kind: "nlb";
      readonly scheme: "internal" | "internet-facing";
      /** `instance` where load balancers don't reach pod addresses (overlay). */
      readonly targetType: "ip" | "instance";
    };

/** What an AWS role may do. */
export interface Permission {
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** A service of a team, with everything resolved that its target decides. */
export interface Workload {
  readonly name: string;
  /** The service that its pods answer for: itself, or another of which it is a version. */
  readonly app: string;
  readonly namespace: string;
  readonly image: string;
  readonly controller: Controller;
  readonly version?: string;
  readonly ports: readonly WorkloadPort[];
  /** Absent: an autoscaler decides. */
  readonly replicas?: number;
  readonly resources: WorkloadResources;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly horizontal?: HorizontalScaling;
  readonly vertical?: VerticalScaling;
  readonly service: ServiceKind;
  readonly secrets: readonly WorkloadSecret[];
  readonly securityGroupIds?: readonly string[];
  readonly volumes: readonly WorkloadVolume[];
  readonly storageClass: string;
  /** Absent: Prometheus does not read it. */
  readonly metrics?: WorkloadMetrics;
  /** Absent: no collector. */
  readonly tracing?: { readonly endpoint: string; readonly sampleRatio: number };
  readonly probes: Probes;
  readonly shutdown: { readonly drainSeconds: number; readonly graceSeconds: number };
  readonly placement: {
    readonly nodeLabels: Labels;
    readonly tolerations: readonly Toleration[];
    readonly zones: "preferred" | "required";
  };
  readonly place: AwsPlace;
}

type Named = Pick<Workload, "name" | "app">;

/** What selects the pods behind the service: of all of its versions. */
export function serviceSelector({ app }: Pick<Workload, "app">): Record<string, string> {
  return { app };
}

/** What selects the pods of this very release of it. */
export function selectorLabels({ name, app }: Named): Record<string, string> {
  return { app, [WORKLOAD_LABEL]: name };
}

/** What selects the pods that its rules are for: of all versions, or of this one where it is one among others. */
export function ruleSelector({ name, app }: Named): Record<string, string> {
  return name === app ? { app } : { [WORKLOAD_LABEL]: name };
}

/** Labels of the service's objects. */
export function objectLabels({ name, app }: Named): Record<string, string> {
  return { app, "app.kubernetes.io/name": app, [WORKLOAD_LABEL]: name };
}

/** Labels of its pods. */
export function podLabels(workload: Named & Pick<Workload, "version">): Record<string, string> {
  const { version } = workload;
  return { ...objectLabels(workload), ...(version !== undefined && { version }) };
}

/** What an autoscaler or a budget names. */
export function scaleTarget({ name, controller }: Pick<Workload, "name" | "controller">) {
  return { ...controllerKind[controller], name };
}

export const controllerKind = {
  deployment: { apiVersion: "apps/v1", kind: "Deployment" },
  "stateful-set": { apiVersion: "apps/v1", kind: "StatefulSet" },
  rollout: { apiVersion: "argoproj.io/v1alpha1", kind: "Rollout" },
} as const;
