import { at, isAbsent, isUnknown, items, texts, type Value } from "../../values/value";
import { rangeSelector } from "./cidr-selectors";
import { CLUSTER, NAMESPACE, NAMESPACE_LABELS } from "./labels";
import { portMatch } from "./ports";
import type { Direction, PolicyEngine, PolicyRule, PortRule } from "./rules";
import { type Requirement, requirementsOf, type Selector, Unread } from "./selectors";

/** Rules of a NetworkPolicy, as Cilium translates them (pkg/k8s/network_policy.go, v1.19.6): each peer of a rule is one of its own. */
export function networkPolicyRules(
  manifest: Value,
  policy: string,
  namespace: string,
  engine: PolicyEngine,
): PolicyRule[] {
  const spec = at(manifest, "spec");
  const types = texts(at(spec, "policyTypes"));
  const subject = [...requirementsOf(at(spec, "podSelector"), k8s), inNamespace(namespace)];
  const of = (
    direction: Direction,
    peers: readonly Selector[] | undefined,
    ports: readonly PortRule[],
  ): PolicyRule => ({
    policy,
    namespace,
    subject,
    direction,
    deny: false,
    closes: true,
    peers,
    ports,
  });
  const written = (direction: Direction): PolicyRule[] =>
    known(at(spec, direction)).flatMap((rule) => {
      const peers = items(at(rule, direction === "ingress" ? "from" : "to"));
      const ports = items(at(rule, "ports")).map((each): PortRule => ({
        ports: [portMatch(at(each, "port") ?? "0", at(each, "endPort"), at(each, "protocol") ?? "TCP")],
      }));
      return peers.length === 0
        ? [of(direction, [{ kind: "labels", requirements: [] }], ports)]
        : peers.map((peer) => of(direction, [peerSelector(peer, namespace, engine)], ports));
    });
  // Kubernetes itself ignores a direction that policyTypes leave out; Cilium does not.
  const counts = (direction: Direction, name: string): boolean =>
    engine.kind === "cilium" || types.length === 0 || types.includes(name) || isAbsent(at(spec, direction));
  const ingress = counts("ingress", "Ingress") ? written("ingress") : [];
  const egress = counts("egress", "Egress") ? written("egress") : [];
  const closesIngress = ingress.length === 0 && (types.includes("Ingress") || !types.includes("Egress"));
  const closesEgress = egress.length === 0 && types.includes("Egress");
  return [
    ...ingress,
    ...(closesIngress ? [of("ingress", undefined, [])] : []),
    ...egress,
    ...(closesEgress ? [of("egress", undefined, [])] : []),
  ];
}

function known(rules: Value): readonly Value[] {
  if (isUnknown(rules) || items(rules).some(isUnknown)) throw new Unread("rules that only Terraform knows");
  return items(rules);
}

const k8s = (key: string) => ({ source: "k8s", key });

function inNamespace(namespace: string): Requirement {
  return { ...k8s(NAMESPACE), operator: "In", values: [namespace] };
}

function peerSelector(peer: Value, namespace: string, engine: PolicyEngine): Selector {
  const block = at(peer, "ipBlock");
  if (isUnknown(peer)) return { kind: "unknown", why: "a peer that only Terraform knows" };
  if (block !== undefined) return rangeSelector(at(block, "cidr"), items(at(block, "except")), engine);
  const pods = requirementsOf(at(peer, "podSelector"), k8s);
  if (!engine.anyCluster && !pods.some(({ key }) => key === CLUSTER))
    pods.push({ ...k8s(CLUSTER), operator: "In", values: [engine.clusterName] });
  const selector = at(peer, "namespaceSelector");
  if (selector === undefined) return { kind: "labels", requirements: [...pods, inNamespace(namespace)] };
  const namespaces = requirementsOf(selector, (key) => k8s(`${NAMESPACE_LABELS}.${key}`));
  const every: Requirement = { ...k8s(NAMESPACE), operator: "Exists", values: [] };
  return { kind: "labels", requirements: [...(namespaces.length === 0 ? [every] : namespaces), ...pods] };
}
