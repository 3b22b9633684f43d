import { addressItems } from "./address-items";
import { edgeItems } from "./edge-items";
import { chart, type Facts, type Item, valueOf } from "./item";

export const networkingItems: readonly Item[] = [...addressItems, ...edgeItems].map((each, index) => ({
  ...each,
  list: "networking",
  number: index + 1,
}));

/** Whether Cilium takes kube-proxy's place, for the enterprise list. */
export function replacesKubeProxy(facts: Facts): boolean {
  return valueOf(chart(facts, "cilium"), "kubeProxyReplacement") === "true";
}
