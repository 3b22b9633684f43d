import { z } from "zod";
import { itemsIn } from "./items";
import type { Answer } from "./question";

/**
 * Objects as `kubectl get -o json` prints them. Fields that are not there, or are of another type than expected, read as empty: a
 * diagnosis must not end because of an object that it does not need. Names and meanings: https://kubernetes.io/docs/reference/kubernetes-api/
 */

const text = z.string().catch("");
const maybeText = z.string().optional().catch(undefined);
const count = z.number().catch(0);
const maybeCount = z.number().optional().catch(undefined);
const flag = z.boolean().catch(false);
const maybeFlag = z.boolean().optional().catch(undefined);
const texts = z.record(z.string(), z.string()).catch({});
/** Quantities may be numbers in hand-written YAML. */
const quantities = z.record(z.string(), z.union([z.string(), z.number()]).transform(String)).catch({});

/** A list; items that are nothing are left out, and anything that is no list is empty. */
function list<T extends z.ZodType>(item: T) {
  return z.preprocess(
    (value: unknown): unknown[] =>
      Array.isArray(value) ? value.filter((each) => each !== null && each !== undefined) : [],
    z.array(item).catch([]),
  );
}

/** A part of an object that reads as if it were there, with nothing in it. */
function part<T extends z.ZodRawShape>(shape: T) {
  return z.preprocess(
    (value: unknown): object =>
      typeof value === "object" && value !== null && !Array.isArray(value) ? value : {},
    z.object(shape),
  );
}

const Metadata = part({
  name: text,
  namespace: text,
  uid: text,
  labels: texts,
  annotations: texts,
  creationTimestamp: text,
  deletionTimestamp: maybeText,
  generation: maybeCount,
  finalizers: list(z.string()),
  ownerReferences: list(z.object({ kind: text, name: text, controller: flag })),
});

/** `status.conditions` of nodes, pods, and of nearly every kind that controllers reconcile. */
export const Condition = z.object({
  type: text,
  /** `True`, `False` or `Unknown`. */
  status: text,
  reason: text,
  message: text,
  lastTransitionTime: text,
  observedGeneration: maybeCount,
});
export type Condition = z.infer<typeof Condition>;

/** Any object: what all kinds have. `spec` and `status` are read by those who know the kind. */
export const Any = z.object({
  apiVersion: text,
  kind: text,
  metadata: Metadata,
  spec: z.record(z.string(), z.unknown()).catch({}),
  status: z.record(z.string(), z.unknown()).catch({}),
  /** Of a ConfigMap or a Secret (there the values are hidden in recordings). */
  data: texts,
});
export type Any = z.infer<typeof Any>;

export const Node = z.object({
  kind: text,
  metadata: Metadata,
  spec: part({
    providerID: text,
    unschedulable: flag,
    podCIDR: text,
    taints: list(z.object({ key: text, value: text, effect: text })),
  }),
  status: part({
    capacity: quantities,
    allocatable: quantities,
    conditions: list(Condition),
    addresses: list(z.object({ type: text, address: text })),
    nodeInfo: part({
      kubeletVersion: text,
      osImage: text,
      kernelVersion: text,
      containerRuntimeVersion: text,
      architecture: text,
    }),
  }),
});
export type Node = z.infer<typeof Node>;

const ContainerState = part({
  waiting: z.object({ reason: text, message: text }).optional().catch(undefined),
  running: z.object({ startedAt: text }).optional().catch(undefined),
  terminated: z
    .object({ reason: text, message: text, exitCode: count, finishedAt: text })
    .optional()
    .catch(undefined),
});

const ContainerStatus = z.object({
  name: text,
  image: text,
  ready: flag,
  started: maybeFlag,
  restartCount: count,
  state: ContainerState,
  lastState: ContainerState,
});
export type ContainerStatus = z.infer<typeof ContainerStatus>;

const Container = z.object({
  name: text,
  image: text,
  args: list(z.string()),
  command: list(z.string()),
  env: list(z.object({ name: text, value: maybeText })),
  ports: list(z.object({ name: text, containerPort: count, protocol: text })),
  resources: part({ requests: quantities, limits: quantities }),
});
export type Container = z.infer<typeof Container>;

export const Pod = z.object({
  kind: text,
  metadata: Metadata,
  spec: part({
    nodeName: text,
    serviceAccountName: text,
    hostNetwork: flag,
    priorityClassName: text,
    schedulerName: text,
    nodeSelector: texts,
    containers: list(Container),
    initContainers: list(Container),
    tolerations: list(z.object({ key: text, operator: text, value: text, effect: text })),
    affinity: z.record(z.string(), z.unknown()).catch({}),
    topologySpreadConstraints: list(z.object({ topologyKey: text, whenUnsatisfiable: text, maxSkew: count })),
    volumes: list(z.looseObject({ name: text })),
  }),
  status: part({
    phase: text,
    reason: text,
    message: text,
    podIP: text,
    podIPs: list(z.object({ ip: text })),
    hostIP: text,
    startTime: text,
    conditions: list(Condition),
    containerStatuses: list(ContainerStatus),
    initContainerStatuses: list(ContainerStatus),
  }),
});
export type Pod = z.infer<typeof Pod>;

/** An Event of `v1` or of `events.k8s.io/v1`. */
export const Event = z
  .object({
    metadata: Metadata,
    type: text,
    reason: text,
    message: text,
    note: text,
    count,
    lastTimestamp: text,
    eventTime: text,
    source: part({ component: text, host: text }),
    reportingComponent: text,
    reportingController: text,
    involvedObject: part({ kind: text, namespace: text, name: text }),
    regarding: part({ kind: text, namespace: text, name: text }),
    series: z.object({ count, lastObservedTime: text }).optional().catch(undefined),
  })
  .transform((event) => ({
    type: event.type,
    reason: event.reason,
    message: event.message || event.note,
    about: event.involvedObject.name === "" ? event.regarding : event.involvedObject,
    count: event.series?.count ?? Math.max(event.count, 1),
    /** When it was seen last; empty where it does not say. */
    last:
      event.series?.lastObservedTime ||
      event.lastTimestamp ||
      event.eventTime ||
      event.metadata.creationTimestamp,
    from: event.source.component || event.reportingComponent || event.reportingController,
  }));
export type Event = z.infer<typeof Event>;

export const Service = z.object({
  kind: text,
  metadata: Metadata,
  spec: part({
    type: text,
    clusterIP: text,
    loadBalancerClass: text,
    externalTrafficPolicy: text,
    internalTrafficPolicy: text,
    selector: texts,
    ports: list(
      z.object({
        name: text,
        port: count,
        protocol: text,
        nodePort: maybeCount,
        targetPort: z.union([z.string(), z.number()]).optional().catch(undefined),
      }),
    ),
  }),
  status: part({
    conditions: list(Condition),
    loadBalancer: part({ ingress: list(z.object({ hostname: text, ip: text })) }),
  }),
});
export type Service = z.infer<typeof Service>;

export const EndpointSlice = z.object({
  metadata: Metadata,
  addressType: text,
  endpoints: list(
    z.object({
      addresses: list(z.string()),
      conditions: part({ ready: maybeFlag, serving: maybeFlag, terminating: maybeFlag }),
      nodeName: text,
      zone: text,
      targetRef: z.object({ kind: text, name: text, namespace: text }).optional().catch(undefined),
    }),
  ),
  ports: list(z.object({ name: text, port: maybeCount, protocol: text })),
});
export type EndpointSlice = z.infer<typeof EndpointSlice>;

/** Deployments, StatefulSets and DaemonSets. */
export const Workload = z.object({
  kind: text,
  metadata: Metadata,
  spec: part({
    replicas: maybeCount,
    selector: part({ matchLabels: texts }),
    template: part({ metadata: Metadata, spec: part({ containers: list(Container) }) }),
  }),
  status: part({
    replicas: count,
    readyReplicas: count,
    availableReplicas: count,
    updatedReplicas: count,
    desiredNumberScheduled: count,
    currentNumberScheduled: count,
    numberReady: count,
    numberUnavailable: count,
    observedGeneration: maybeCount,
    conditions: list(Condition),
  }),
});
export type Workload = z.infer<typeof Workload>;

/**
 * Objects of one schema in an answer, those of another kind left out where they say one.
 *
 * @returns undefined where the answer says nothing
 */
export function objects<T extends z.ZodType>(answer: Answer, schema: T): z.infer<T>[] | undefined {
  if (answer.is !== "said") return undefined;
  return itemsIn(answer.text).flatMap((item) => {
    const read = schema.safeParse(item);
    return read.success ? [read.data] : [];
  });
}

export function condition(conditions: readonly Condition[], type: string): Condition | undefined {
  return conditions.find((each) => each.type === type);
}

/** `status.conditions` of any object. */
export function conditionsOf(object: Any): Condition[] {
  return list(Condition).parse(object.status.conditions);
}

/** Whether an object's condition is `True`. */
export function isTrue(conditions: readonly Condition[], type: string): boolean {
  return condition(conditions, type)?.status === "True";
}
