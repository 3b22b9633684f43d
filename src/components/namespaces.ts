import { kubernetesNamespaces } from "../facts/kubernetes-namespaces";
import { installed } from "./components";
import type { InstalledRecord, PlatformPorts } from "./component";

const records: readonly InstalledRecord[] = installed;
const own = new Map(records.flatMap(({ namespaces = {} }) => Object.entries(namespaces)));

/**
 * Namespaces of Kubernetes and of the platform's components. They hold what a cluster can't be without, from charts with
 * images, privileges and probes of their own: the admission policies pass them by, and a target's `namespaces` may not
 * claim them. A test compares the list with the namespaces that the samples' releases use.
 */
export const platformNamespaces: readonly string[] = [
  ...new Set([...kubernetesNamespaces, ...own.keys()]),
].sort();

export function isPlatformNamespace(name: string): boolean {
  return platformNamespaces.includes(name);
}

/**
 * Ports of a namespace of the platform that is closed to strangers; undefined of the others. Pods on the host network are out of
 * reach of policies: there the node security group decides.
 */
export function closedPorts(namespace: string): PlatformPorts | undefined {
  const ports = own.get(namespace);
  return ports === "not closed" ? undefined : ports;
}

const monitored = new Set(
  records.flatMap(({ monitors = {} }) => Object.values(monitors).map(({ namespace }) => namespace)),
);

/** Prometheus reads in it only what monitors of the platform select: no chart there brings monitors of its own. */
export function isReadByMonitorsAlone(namespace: string): boolean {
  return monitored.has(namespace);
}

/** Ports of a namespace that two components share. */
export function bothPorts(a: PlatformPorts, b: PlatformPorts): PlatformPorts {
  const union = (one: readonly number[], other: readonly number[]) => [...new Set([...one, ...other])];
  return { open: union(a.open, b.open), metrics: union(a.metrics, b.metrics) };
}
