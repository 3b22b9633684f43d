import { type Cidr, contains, formatCidr } from "../../ip-capacity/cidr";
import { isInMesh } from "../../model/mesh";
import { allowName, peerName } from "../../model/allow-names";
import type { AllowConfig } from "../../config/schema/allow";
import type { CalledPeer, CallingPeer } from "../../config/schema/peers";
import type { ConfigPath } from "../../config/read/source-node";
import type { Target } from "../../model/target";
import type { Finding, TargetCheck } from "../finding";
import { otherSideFindings } from "../network/other-side";
import { namespaceOutsiderFindings } from "./strangers";

/** Allowed flows that can't be said, would not be enough, or are too much. */
export const allowCheck: TargetCheck = (target) =>
  Object.entries(target.config.namespaces).flatMap(([name, { allow }]) => {
    const path: ConfigPath = ["namespaces", name];
    return [
      ...allow.flatMap((each, index): Finding[] => {
        const at = [...path, "allow", index];
        const isTwice = allow.findIndex((other) => allowName(other) === allowName(each)) < index;
        return [
          ...(isTwice
            ? [{ path: at, value: peerName(each.end.peer), message: "is listed twice; keep one" }]
            : []),
          ...peerFindings(target, [...at, each.end.key], each.end.peer, each.reason),
          ...ciliumFindings(target, at, each),
          ...requestFindings(at, each),
          ...meshFindings(target, name, at, each),
          ...namespaceOutsiderFindings(target, name, each, at),
          ...namespaceFindings(target, name, at, each),
        ];
      }),
    ];
  });

type Peer = CalledPeer | CallingPeer;

/** What is wrong with the other end of a flow, which stands at `path`. */
export function peerFindings(target: Target, path: ConfigPath, peer: Peer, reason?: string): Finding[] {
  switch (peer.kind) {
    case "range":
      return [
        ...(peer.cidr.prefix === 0 && reason === undefined ? [opensAll(path, peer.cidr)] : []),
        ...podRangeFindings(target, path, peer.cidr),
      ];
    case "name":
      return target.policyEnforcer === "cilium" ? [] : [needsNames(path)];
    case "load-balancer":
      return peer.scheme === "public" && !target.subnets.has("public") ? [noneIsPublic(path)] : [];
    case "pods":
      return peer.target === undefined ? [] : otherTargetFindings(target, path, peer.target);
  }
}

/** Pods of another target are known to Cilium where the two are one mesh. What that one allows is its own. */
function otherTargetFindings({ config }: Target, path: ConfigPath, name: string): Finding[] {
  if (config.mesh?.kind === "cilium" && config.mesh.peers.includes(name)) return [];
  const message =
    "is not a peer of this target in Cilium's mesh; write cidr, or mesh: { kind: cilium, peers } with it";
  return [{ path: [...path, "target"], message, related: [["mesh"]] }];
}

function opensAll(path: ConfigPath, cidr: Cidr): Finding {
  const message = "opens the pods to every address; write narrower ranges, or add a reason";
  return { path: [...path, "cidr"], value: formatCidr(cidr), message };
}

function needsNames(path: ConfigPath): Finding {
  const message =
    "needs Cilium: Kubernetes policies don't know names; write cidr, or choose a cilium kind of cni";
  return { path: [...path, "fqdn"], message, related: [["cni", "kind"]] };
}

function noneIsPublic(path: ConfigPath): Finding {
  return {
    path: [...path, "loadBalancer"],
    value: "public",
    message: "has no subnets here: the network has none that are public; write internal",
    related: [["network", "subnets"]],
  };
}

function podRangeFindings(target: Target, path: ConfigPath, cidr: Cidr): Finding[] {
  const pods = target.policyEnforcer === "cilium" ? podRanges(target) : [];
  const range = pods.find((each) => contains(each, cidr));
  if (range === undefined) return [];
  const message = `is in the pods' range ${formatCidr(range)}, and Cilium knows pods by namespace and labels only; write namespace`;
  return [{ path: [...path, "cidr"], value: formatCidr(cidr), message }];
}

function podRanges({ config, subnets }: Target): readonly Cidr[] {
  if (config.cni.kind === "cilium-overlay") return [config.cni.podCidr];
  return [...(subnets.get("pods")?.values() ?? [])];
}

function ciliumFindings({ policyEnforcer }: Target, path: ConfigPath, { http }: AllowConfig): Finding[] {
  if (http === undefined || policyEnforcer === "cilium") return [];
  const message =
    "needs Cilium: Kubernetes policies don't see requests; remove it, or choose a cilium kind of cni";
  return [{ path: [...path, "http"], message, related: [["cni", "kind"]] }];
}

function requestFindings(path: ConfigPath, { end: { peer, port }, http }: AllowConfig): Finding[] {
  if (http === undefined) return [];
  if (port.protocol === "UDP") {
    return [{ path: [...path, "http"], message: "is for TCP only; write protocol: TCP, or remove it" }];
  }
  if (peer.kind !== "name") return [];
  const message = "can't be seen in what leaves for a DNS name, which is encrypted; remove it";
  return [{ path: [...path, "http"], message }];
}

/** Istio's mutual TLS, strict or permissive, hides requests from Cilium (Cilium, "Integration with Istio"). */
function meshFindings(
  { config }: Target,
  name: string,
  path: ConfigPath,
  { end: { peer }, http }: AllowConfig,
): Finding[] {
  if (http === undefined || peer.kind !== "pods") return [];
  if (!isInMesh(config, name) || !isInMesh(config, peer.namespace)) return [];
  return [
    {
      path: [...path, "http"],
      message:
        "can't be read between namespaces of the mesh, which encrypts them; remove it, and allow requests by an AuthorizationPolicy",
      related: [["mesh"]],
    },
  ];
}

/** A namespace that is named exists, and says the same from its side: a flow passes if both ends allow it. */
function namespaceFindings(
  target: Target,
  name: string,
  path: ConfigPath,
  { end, http }: AllowConfig,
): Finding[] {
  const { config, platformNamespaces, mesh } = target;
  const { key, peer, port } = end;
  if (peer.kind !== "pods" || peer.target !== undefined) return [];
  const { namespace } = peer;
  if (platformNamespaces.includes(namespace)) return [];
  const at = [...path, key, "namespace"];
  // Pods of peers are its own, too, and come by a gateway, which is let in where it is said.
  const hasPeers = isInMesh(config, name) && mesh.peerNames.length > 0;
  if (namespace === name && http === undefined && !hasPeers) {
    const message =
      "is the namespace itself, whose pods reach each other without it; remove it, or for a service write its dependencies, callers or peers";
    return [{ path: at, message }];
  }
  return namespace === name ? [] : otherSideFindings(target, name, at, { key, namespace, port });
}
