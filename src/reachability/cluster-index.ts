import { at, entries, isUnknown, text, type Value } from "../values/value";
import type { Cluster } from "./cluster";
import { grouped, itself } from "./grouped";
import type { MeshPods } from "./mesh/workloads";
import type { Pods } from "./policy/peers";

/** What of a cluster is looked up for each flow, found once: a flow costs no more where there are more pods. */

type Services = Pick<Cluster, "services">;
type AllPods = Pick<Cluster, "pods">;

export function serviceNamed({ services }: Services, namespace: string, name: string): Value {
  return servicesByName(services).get(`${namespace}/${name}`)?.[0];
}

/** Services of a namespace that may select pods with these labels, in their order; hardly any others. */
export function servicesAbout(
  { services }: Services,
  namespace: string,
  labels: Pods["labels"],
): readonly Value[] {
  const index = servicesBySelector(services);
  const values = Object.entries(labels);
  const keys = values.some(([, value]) => isUnknown(value))
    ? [...index.keys()].filter((key) => key.startsWith(`${namespace} `))
    : [`${namespace} `, ...values.map(([key, value]) => labelKey(namespace, key, text(value)))];
  const found = keys.flatMap((key) => index.get(key) ?? []);
  return found.sort((a, b) => a.index - b.index).map(({ service }) => service);
}

/** All pods of that name, `payments/orders`. */
export function podsNamed({ pods }: AllPods, name: string): readonly MeshPods[] {
  return podsByName(pods).get(name) ?? [];
}

/** By the name of their service account, of whatever namespace. */
export function podsOfAccount({ pods }: AllPods, account: string): readonly MeshPods[] {
  return podsByAccount(pods).get(account) ?? [];
}

/** Pods of a namespace that may have all labels of a selector; hardly any others. */
export function podsAbout({ pods }: AllPods, namespace: string, selector: Value): readonly MeshPods[] {
  const byLabel = podsByLabel(pods);
  const [first, ...others] = isUnknown(selector)
    ? []
    : entries(selector).flatMap(([key, value]) =>
        isUnknown(value) ? [] : [byLabel.get(labelKey(namespace, key, text(value))) ?? []],
      );
  if (first === undefined) return byLabel.get(`${namespace} `) ?? [];
  return others.reduce((least, each) => (each.length < least.length ? each : least), first);
}

const servicesByName = grouped<Value, Value>(itself, (each) => [
  `${namespaceOf(each)}/${text(at(each, "metadata", "name"))}`,
]);

const servicesBySelector = grouped<Value, { readonly service: Value; readonly index: number }>(
  (service, index) => ({ service, index }),
  (each) => {
    const selector = at(each, "spec", "selector");
    const [known] = isUnknown(selector) ? [] : entries(selector).filter(([, value]) => !isUnknown(value));
    return [
      known === undefined ? `${namespaceOf(each)} ` : labelKey(namespaceOf(each), known[0], text(known[1])),
    ];
  },
);

const podsByName = grouped<MeshPods, MeshPods>(itself, ({ name }) => [name]);

const podsByAccount = grouped<MeshPods, MeshPods>(itself, ({ serviceAccount = "default" }) => [
  serviceAccount,
]);

const podsByLabel = grouped<MeshPods, MeshPods>(itself, ({ namespace, labels }) => [
  `${namespace} `,
  ...Object.entries(labels).flatMap(([key, value]) =>
    isUnknown(value) ? [] : [labelKey(namespace, key, value)],
  ),
]);

function namespaceOf(service: Value): string {
  return text(at(service, "metadata", "namespace")) || "default";
}

/** A namespace has no space, and nor has a label. */
function labelKey(namespace: string, key: string, value: string): string {
  return `${namespace} ${key}=${value}`;
}
