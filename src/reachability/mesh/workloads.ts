import { allOf, anyOf, isUndecided, type Truth } from "../../guardrails/iam/truth";
import { INJECTED_TEMPLATES } from "../../facts/istio-labels";
import { at, entries, isUnknown, text, type Unknown, type Value } from "../../values/value";
import { grouped, itself } from "../grouped";
import type { Pods } from "../policy/peers";
import type { MeshHost, MeshObject, MeshPort, MeshWorld } from "./mesh-world";

/** Pods with what the injector knows of them. */
export interface MeshPods extends Pods {
  readonly annotations?: Readonly<Record<string, string>>;
  /** See GroupedPods of the VPC. */
  readonly groupsByAccount?: string | false;
}

export type ProxyKind = "sidecar" | "gateway" | "none";

/** Whether pods get a sidecar, by the labels of their namespace and themselves; revisions are not compared. */
export function proxyOf(pods: MeshPods, { namespaces }: MeshWorld): ProxyKind {
  if (pods.hostNetwork === true) return "none";
  const { labels } = pods;
  if (labels["gateway.networking.k8s.io/gateway-name"] !== undefined) return "gateway";
  if (pods.annotations?.[INJECTED_TEMPLATES]?.split(",").includes("gateway")) return "gateway";
  if (["ingressgateway", "eastwestgateway", "egressgateway"].some((each) => labels.istio === each))
    return "gateway";
  const own = labels["sidecar.istio.io/inject"] ?? pods.annotations?.["sidecar.istio.io/inject"];
  const namespace = namespaces.get(pods.namespace) ?? {};
  if (own === "false") return "none";
  if (namespace["istio-injection"] === "enabled" || own === "true") return "sidecar";
  return namespace["istio.io/rev"] !== undefined && namespace["istio-injection"] !== "disabled"
    ? "sidecar"
    : "none";
}

/** Whether ztunnel takes what pods send and get: a pod's own label goes before its namespace's, and a proxy of its own before both. */
export function isAmbient(pods: MeshPods, world: MeshWorld): boolean {
  const mode =
    pods.labels["istio.io/dataplane-mode"] ??
    world.namespaces.get(pods.namespace)?.["istio.io/dataplane-mode"];
  return mode === "ambient" && pods.hostNetwork !== true && proxyOf(pods, world) === "none";
}

/** Whether labels that a selector of Istio names are the pods' (there are no expressions). */
export function hasLabels(selector: Value, labels: Pods["labels"]): Truth {
  if (isUnknown(selector)) return { unknown: "a selector that only Terraform knows" };
  return allOf(entries(selector).map(([key, value]): Truth => same(value, labels[key])));
}

function same(value: Value, label: string | Unknown | undefined): Truth {
  if (label === undefined) return false;
  return isUnknown(value) || isUnknown(label)
    ? { unknown: "a label that only Terraform knows" }
    : value === label;
}

/** The service that leads to a port of pods, and its port; by name where there are several. */
export function hostOf(
  pods: Pods,
  port: number,
  { hosts, byHand = [] }: MeshWorld,
): { readonly host: MeshHost; readonly port: MeshPort } | undefined {
  const index = hostsBySelector(hosts);
  const labels = Object.entries(pods.labels).map(([key, value]) => `${key}=${text(value)}`);
  const found = ["", ...labels]
    .flatMap((label) => index.get(`${pods.namespace} ${label}`) ?? [])
    .concat(byHand)
    .sort((a, b) => (a.object < b.object ? -1 : 1))
    .flatMap((host) => {
      const leads =
        isBehind(pods, host) === true ? host.ports.find((each) => targetOf(each, pods) === port) : undefined;
      return leads === undefined ? [] : [{ host, port: leads }];
    });
  return found[0];
}

/** By namespace and one label that they select; a flow is looked up among few of them. */
const hostsBySelector = grouped<MeshHost, MeshHost>(itself, ({ namespace, selector, outside }) => {
  if (selector === undefined || outside) return [];
  const [first] = Object.entries(selector);
  if (first === undefined) return [`${namespace} `];
  return isUnknown(first[1]) ? [] : [`${namespace} ${first[0]}=${first[1]}`];
});

export function isBehind(pods: Pods, { namespace, selector, outside }: MeshHost): Truth {
  if (selector === undefined || outside || pods.namespace !== namespace) return false;
  return allOf(Object.entries(selector).map(([key, value]) => same(value, pods.labels[key])));
}

export function targetOf({ target }: MeshPort, { ports }: Pods): number | undefined {
  return typeof target === "number" ? target : ports.find(({ name }) => name === target)?.port;
}

/** Of objects that may select pods: those of the pods by label, of their namespace, of the root namespace; the first that there is counts. */
export function nearest(
  objects: readonly MeshObject[],
  pods: Pods,
  selectorOf: (spec: Value) => Value,
  rootNamespace: string,
): MeshObject | { readonly unknown: string } | undefined {
  const own = objects.filter(({ namespace }) => namespace === pods.namespace);
  const selecting = own
    .filter(({ spec }) => selectorOf(spec) !== undefined)
    .map((each) => ({ each, truth: hasLabels(selectorOf(each.spec), pods.labels) }));
  const any = anyOf(selecting.map(({ truth }) => truth));
  if (isUndecided(any)) return any;
  const whole = (namespace: string): MeshObject | undefined =>
    objects.find((each) => each.namespace === namespace && selectorOf(each.spec) === undefined);
  return selecting.find(({ truth }) => truth === true)?.each ?? whole(pods.namespace) ?? whole(rootNamespace);
}

export function isUnknownObject(
  object: MeshObject | { readonly unknown: string } | undefined,
): object is { readonly unknown: string } {
  return object !== undefined && "unknown" in object;
}

export function selectorOf(spec: Value): Value {
  return at(spec, "selector", "matchLabels");
}
