import { at, type Attributes, isMap, items, text, type Value } from "../../values/value";
import type { Decider } from "../../reachability/hop";

/** Who puts something into a pod, or makes it whole. */
export type Injector = "Istio" | "cert-manager" | "Velero";

/** A pod as it comes to the API server's rules: with what injectors add, before LimitRanges. */
export interface AdmittedPod {
  /** `payments/orders` */
  readonly name: string;
  readonly namespace: string;
  readonly labels: Value;
  readonly annotations: Value;
  readonly spec: Attributes;
  /** The object that makes it. */
  readonly by: Decider;
  /** The object that makes it, where policies judge that too. */
  readonly maker?: Attributes;
  /** Most of them at a time; undefined: nobody can tell. */
  readonly count?: number;
  /** How many more there are while a release goes out. */
  readonly surge?: number;
  /** Whose work it is beside the maker's. */
  readonly injected: readonly Injector[];
  /** Whose pods they are, where a component's chart makes them. */
  readonly component?: string;
  /** Why nobody knows what is in it. */
  readonly unread?: string;
}

/** A container of a pod. */
export interface PodContainer {
  readonly name: string;
  readonly spec: Attributes;
  /** It runs before the others; a sidecar where it is to be restarted. */
  readonly isInit: boolean;
}

/** All containers of a pod, those that run first included. */
export function containersOf(spec: Value): PodContainer[] {
  return (["initContainers", "containers"] as const).flatMap((list) =>
    items(at(spec, list)).flatMap((each) =>
      isMap(each) ? [{ name: text(each.name), spec: each, isInit: list === "initContainers" }] : [],
    ),
  );
}
