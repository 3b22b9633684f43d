import { Fault } from "../../text/errors";
import type { ChartValues } from "../chart-values";
import type { Manifest } from "../manifest";
import { NAMESPACE_NAME, type PodSelector } from "./labels";
import type { Flow, FlowPeer, FlowPolicy } from "./network-flows";

const HEAD = { apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy" } as const;

/** No traffic in either direction for these pods, but what other policies allow them. */
export function denyAll(name: string, namespace: string, pods: PodSelector): Manifest {
  return {
    ...HEAD,
    metadata: { name, namespace },
    spec: { podSelector: selector(pods), policyTypes: ["Ingress", "Egress"], ingress: [], egress: [] },
  };
}

/**
 * Flows as a NetworkPolicy. It closes the directions that it has flows of, for all else.
 *
 * @throws Error for a peer that only Cilium knows
 */
export function kubernetesNetworkPolicy({ name, namespace, pods, flows }: FlowPolicy): Manifest {
  const of = (direction: Flow["direction"]) => flows.filter((flow) => flow.direction === direction);
  const [ingress, egress] = [of("ingress"), of("egress")];
  return {
    ...HEAD,
    metadata: { name, namespace },
    spec: {
      podSelector: selector(pods),
      policyTypes: [...(ingress.length > 0 ? ["Ingress"] : []), ...(egress.length > 0 ? ["Egress"] : [])],
      ...(ingress.length > 0 && { ingress: ingress.map((flow) => rule(flow, "from", namespace)) }),
      ...(egress.length > 0 && { egress: egress.map((flow) => rule(flow, "to", namespace)) }),
    },
  };
}

function rule({ peers, ports }: Flow, side: "from" | "to", namespace: string): ChartValues {
  return {
    [side]: peers.map((peer) => peerOf(peer, namespace)),
    ...(ports !== "all" && { ports: ports.map(({ port, protocol }) => ({ protocol, port })) }),
  };
}

function peerOf(peer: FlowPeer, namespace: string): ChartValues {
  switch (peer.kind) {
    case "pods": {
      if (peer.cluster !== undefined) throw new Fault("a NetworkPolicy has no peer in another cluster");
      const podSelector = peer.labels ? { matchLabels: { ...peer.labels } } : {};
      if (peer.namespace === namespace) return { podSelector };
      return {
        namespaceSelector: { matchLabels: { [NAMESPACE_NAME]: peer.namespace } },
        ...(peer.labels && { podSelector }),
      };
    }
    case "cidr":
      return { ipBlock: { cidr: peer.cidr, ...(peer.except && { except: [...peer.except] }) } };
    case "fqdn":
    case "entity":
      throw new Fault(`a NetworkPolicy has no peer of kind ${peer.kind}`);
  }
}

function selector({ matchLabels, matchExpressions }: PodSelector): ChartValues {
  return {
    ...(matchLabels && { matchLabels: { ...matchLabels } }),
    ...(matchExpressions && { matchExpressions: [...matchExpressions] }),
  };
}
