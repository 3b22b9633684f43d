import type { InstalledRecord } from "../../components/component";
import { installed } from "../../components/components";
import type { FlowPeer } from "./network-flows";

const records: readonly InstalledRecord[] = installed;

/** Pods that answer lookups of others: CoreDNS, and the cache in front of it. */
export const dnsServers: readonly FlowPeer[] = records.flatMap(({ pods = {} }) =>
  Object.values(pods).flatMap(({ answersLookups, namespace = "kube-system", labels }): FlowPeer[] =>
    answersLookups ? [{ kind: "pods", namespace, labels }] : [],
  ),
);
