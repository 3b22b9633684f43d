import type { Resource } from "../resource";
import { at, type Attributes, isMap, isUnknown, items, text, type Value } from "../../values/value";

export const POD_KINDS = [
  "k8s:Pod",
  "k8s:Deployment",
  "k8s:StatefulSet",
  "k8s:DaemonSet",
  "k8s:Job",
  "k8s:CronJob",
  "k8s:Rollout",
];

export interface Container {
  readonly name: string;
  readonly spec: Attributes;
  readonly pod: Attributes;
  readonly isInit: boolean;
}

/** The pod that an object makes. */
export function podSpec({ type, attributes }: Resource): Value {
  if (type === "k8s:Pod") return attributes.spec;
  if (type === "k8s:CronJob") return at(attributes, "spec", "jobTemplate", "spec", "template", "spec");
  return at(attributes, "spec", "template", "spec");
}

/** Its containers, those that run first included. */
export function containers(resource: Resource): Container[] {
  const pod = podSpec(resource);
  if (!isMap(pod)) return [];
  return ["initContainers", "containers"].flatMap((list) =>
    items(pod[list]).flatMap((spec) =>
      isMap(spec) ? [{ name: text(spec.name), spec, pod, isInit: list === "initContainers" }] : [],
    ),
  );
}

/** A field of the security context: the container's, else the pod's. */
export function securityContext({ spec, pod }: Container, field: string): Value {
  return at(spec, "securityContext", field) ?? at(pod, "securityContext", field);
}

/** Whether which containers there are is known only after apply. */
export function isPodUnknown(resource: Resource): boolean {
  const pod = podSpec(resource);
  return [pod, at(pod, "containers"), at(pod, "initContainers")].some(isUnknown);
}
