import {
  addonNames,
  amiNames,
  chartsOf,
  type Component,
  type InstalledComponent,
  installedRecord,
} from "../components/components";
import type { Pin } from "../components/pin";
import type { Release } from "./release";

export function isInstalled(component: Component): component is InstalledComponent {
  return installedRecord(component) !== undefined;
}

export function pinOf(release: Release, component: Component): Pin {
  if (component === "kubernetes") return release.kubernetes;
  if (component === "gateway-api") return release.gatewayApi;
  if (isOneOf(addonNames, component)) return release.addons[component];
  if (isOneOf(amiNames, component)) return release.amis[component];
  const [first] = chartsOf(component);
  return release.charts[first];
}

/** A pin's version for readers: none where the release is older than the component. */
export function shownVersion({ version, since }: Pin): string {
  return since === undefined ? version : "-";
}

/** Kubernetes of nodes and add-ons: the control plane's, unless a config keeps them behind it. */
export function nodesPin({ nodes, kubernetes }: Release): Pin {
  return nodes ?? kubernetes;
}

export function isOneOf<T extends string>(names: readonly T[], name: string): name is T {
  return names.some((each) => each === name);
}
