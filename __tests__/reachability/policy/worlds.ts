import { fromJson } from "../../../src/guardrails/read/expression";
import type { PolicyWorld } from "../../../src/reachability/policy/decide";
import { type Pods, rangeGroups } from "../../../src/reachability/policy/peers";
import { policySet } from "../../../src/reachability/policy/policy-set";
import type { PolicyEngine } from "../../../src/reachability/policy/rules";

export const cilium: PolicyEngine = {
  kind: "cilium",
  clusterName: "default",
  ipv4: true,
  ipv6: false,
  enforcement: "default",
  rangesTakeNodes: false,
  anyCluster: false,
};

export function pods(name: string, app: string, more: Partial<Pods> = {}): Pods {
  const [namespace = ""] = name.split("/");
  return { kind: "pods", name, namespace, labels: { app }, ports: [], ...more };
}

export const web = pods("shop/web", "web", { ports: [{ name: "http", port: 8080, protocol: "TCP" }] });
export const api = pods("shop/api", "api", { ports: [{ name: "rest", port: 9000, protocol: "TCP" }] });
export const vault = pods("bank/vault", "vault");
export const coreDns = pods("kube-system/coredns", "dns");

/** A cluster with the namespaces shop and bank, and these policies. */
export function worldOf(objects: readonly object[], engine: Partial<PolicyEngine> = {}): PolicyWorld {
  const whole = { ...cilium, ...engine };
  const manifests = objects.map(fromJson);
  return {
    engine: whole,
    policies: policySet(manifests, whole),
    groups: rangeGroups(manifests),
    namespaces: new Map([
      ["shop", { team: "shop" }],
      ["bank", { team: "bank" }],
    ]),
    pods: [web, api, vault, coreDns],
    knowsAllPods: true,
    dns: [coreDns],
  };
}

export function ciliumPolicy(spec: object, namespace?: string): object {
  return {
    apiVersion: "cilium.io/v2",
    kind: namespace === undefined ? "CiliumClusterwideNetworkPolicy" : "CiliumNetworkPolicy",
    metadata: { name: "it", ...(namespace !== undefined && { namespace }) },
    spec,
  };
}

export function networkPolicy(spec: object, namespace: string): object {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: "it", namespace },
    spec,
  };
}

/** The same object by another name: of two with one, the later replaces the earlier. */
export function named(name: string, object: object): object {
  const { metadata = {} } = object as { metadata?: object };
  return { ...object, metadata: { ...metadata, name } };
}
