import { type Cidr, contains, formatCidr } from "../../ip-capacity/cidr";
import { isInMesh } from "../../model/mesh";
import { meshPeerNames } from "../../model/mesh-peers";
import { allowName, peerName, platformNamespacesOf, policyEnforcer } from "../../model/namespaces";
import type { AllowConfig } from "../../config/schema/allow";
import type { ConfigPath } from "../../config/read/source-node";
import { subnetsOf } from "../../model/subnets";
import type { Target } from "../../model/target";
import type { Finding, TargetCheck } from "../finding";
import { otherSideFindings } from "../network/other-side-findings";
import { namespaceOutsiderFindings } from "./stranger-findings";

/** Allowed flows that can't be said, would not be enough, or are too much. */
export const allowCheck: TargetCheck = (target) =>
  Object.entries(target.config.namespaces).flatMap(([name, { allow }]) => {
    const path: ConfigPath = ["namespaces", name];
    return [
      ...allow.flatMap((each, index): Finding[] => {
        const at = [...path, "allow", index];
        const isTwice = allow.findIndex((other) => allowName(other) === allowName(each)) < index;
        return [
          ...(isTwice ? [{ path: at, value: peerName(each), message: "is there twice; keep one" }] : []),
          ...peerFindings(target, [...at, side(each)], each),
          ...ciliumFindings(target, at, each),
          ...requestFindings(at, each),
          ...meshFindings(target, name, at, each),
          ...namespaceOutsiderFindings(target.config, name, each, at),
          ...(otherTarget(each) === undefined ? namespaceFindings(target, name, at, each) : []),
        ];
      }),
    ];
  });

function otherTarget({ to, from }: AllowConfig): string | undefined {
  return to?.target ?? from?.target;
}

/** Pods of another target are known to Cilium where the two are one mesh. What that one allows is its own. */
function otherTargetFindings({ config }: Target, path: ConfigPath, allow: AllowConfig): Finding[] {
  const name = otherTarget(allow);
  if (name === undefined) return [];
  const { namespace } = { ...allow.to, ...allow.from };
  const isPeer = config.mesh?.kind === "cilium" && config.mesh.peers.includes(name);
  return [
    ...(isPeer
      ? []
      : [
          {
            path: [...path, "target"],
            message:
              "is not a peer of this target in Cilium's mesh; write cidr, or mesh: { kind: cilium, peers } with it",
            related: [["mesh"]],
          },
        ]),
    ...(namespace === undefined
      ? [{ path: [...path, "target"], message: "has a target without a namespace; name it" }]
      : []),
  ];
}

/** What is wrong with the other end of a flow, which stands at `path`. */
export function peerFindings(target: Target, path: ConfigPath, allow: AllowConfig): Finding[] {
  return [
    ...widthFindings(path, allow),
    ...nameFindings(target, path, allow),
    ...placeFindings(target, path, allow),
    ...otherTargetFindings(target, path, allow),
  ];
}

function side({ to }: AllowConfig): "to" | "from" {
  return to ? "to" : "from";
}

function widthFindings(path: ConfigPath, allow: AllowConfig): Finding[] {
  const { cidr } = { ...allow.to, ...allow.from };
  if (cidr?.prefix !== 0 || allow.reason !== undefined) return [];
  const message = "opens the pods to every address; write narrower ranges, or add a reason";
  return [{ path: [...path, "cidr"], value: formatCidr(cidr), message }];
}

function nameFindings({ config }: Target, path: ConfigPath, { to }: AllowConfig): Finding[] {
  if (to?.fqdn === undefined || policyEnforcer(config) === "cilium") return [];
  const message =
    "needs Cilium: policies of Kubernetes know no names; write cidr, or choose a cilium kind of cni";
  return [{ path: [...path, "fqdn"], message, related: [["cni", "kind"]] }];
}

function ciliumFindings({ config }: Target, path: ConfigPath, { http }: AllowConfig): Finding[] {
  if (http === undefined || policyEnforcer(config) === "cilium") return [];
  const message =
    "needs Cilium: policies of Kubernetes see no requests; remove it, or choose a cilium kind of cni";
  return [{ path: [...path, "http"], message, related: [["cni", "kind"]] }];
}

function requestFindings(path: ConfigPath, { to, from, http }: AllowConfig): Finding[] {
  if (http === undefined) return [];
  const { fqdn, protocol } = { fqdn: undefined, ...to, ...from };
  if (protocol === "UDP") {
    return [{ path: [...path, "http"], message: "is for TCP only; write protocol: TCP, or remove it" }];
  }
  if (fqdn === undefined) return [];
  const message = "can't be seen in what leaves for a DNS name, which is encrypted; remove it";
  return [{ path: [...path, "http"], message }];
}

/** Istio's mutual TLS, strict or permissive, hides requests from Cilium (Cilium, "Integration with Istio"). */
function meshFindings({ config }: Target, name: string, path: ConfigPath, allow: AllowConfig): Finding[] {
  const peer = allow.to?.namespace ?? allow.from?.namespace;
  if (allow.http === undefined || peer === undefined) return [];
  if (!isInMesh(config, name) || !isInMesh(config, peer)) return [];
  return [
    {
      path: [...path, "http"],
      message:
        "can't be read between namespaces of the mesh, which encrypts them; remove it, and allow requests by an AuthorizationPolicy",
      related: [["mesh"]],
    },
  ];
}

function placeFindings(target: Target, path: ConfigPath, { to, from }: AllowConfig): Finding[] {
  const { config } = target;
  const peer = { ...to, ...from };
  if (peer.pods !== undefined && peer.namespace === undefined) {
    const message = "has pods without a namespace; name it";
    return [{ path: [...path, "pods"], message }];
  }
  if (from?.loadBalancer === "public" && !subnetsOf(config.network).has("public")) {
    return [
      {
        path: [...path, "loadBalancer"],
        value: "public",
        message: "has no subnets here: the network has none that are public; write internal",
        related: [["network", "subnets"]],
      },
    ];
  }
  const pods = policyEnforcer(config) === "cilium" ? podRanges(target) : [];
  const range = pods.find((each) => peer.cidr !== undefined && contains(each, peer.cidr));
  if (peer.cidr === undefined || range === undefined) return [];
  return [
    {
      path: [...path, "cidr"],
      value: formatCidr(peer.cidr),
      message: `is in the pods' range ${formatCidr(range)}, and Cilium knows pods by namespace and labels only; write namespace`,
    },
  ];
}

function podRanges({ config }: Target): readonly Cidr[] {
  if (config.cni.kind === "cilium-overlay") return [config.cni.podCidr];
  return [...(subnetsOf(config.network).get("pods")?.values() ?? [])];
}

/** A namespace that is named exists, and says the same from its side: a flow passes if both ends allow it. */
function namespaceFindings(
  { config }: Target,
  name: string,
  path: ConfigPath,
  allow: AllowConfig,
): Finding[] {
  const { namespace } = { ...allow.to, ...allow.from };
  if (namespace === undefined || platformNamespacesOf(config).includes(namespace)) return [];
  const at = [...path, side(allow), "namespace"];
  // Pods of peers are its own, too, and come by a gateway, which is let in where it is said.
  const hasPeers = isInMesh(config, name) && meshPeerNames(config.mesh).length > 0;
  if (namespace === name && allow.http === undefined && !hasPeers) {
    const message =
      "is the namespace itself, whose pods reach each other without it; remove it, or for a service write its dependencies, callers or peers";
    return [{ path: at, message }];
  }
  return namespace === name ? [] : otherSideFindings(config, name, at, allow);
}
