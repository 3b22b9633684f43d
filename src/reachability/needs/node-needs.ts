import { KUBELET_PORT } from "../../components/flow";
import type { Need, NeedEnd } from "./need";

const NODES: NeedEnd = { kind: "nodes" };
const API: NeedEnd = { kind: "api-server" };

/** Kubelets and the API server call each other. */
export function kubeletNeeds(): Need[] {
  const need = (from: NeedEnd, to: NeedEnd, port: number, why: string): Need => ({
    kind: "kubelet",
    from,
    to,
    port,
    protocol: "TCP",
    why,
    source: "EKS User Guide, View Amazon EKS security group requirements for clusters",
  });
  return [
    need(API, NODES, KUBELET_PORT, "logs, exec and port-forward"),
    need(NODES, API, 443, "nodes join and watch the API server"),
  ];
}
