import type { HttpRequest } from "../policy/http";
import type { Peer } from "../policy/peers";
import type { MeshPods } from "./workloads";

export interface MeshFlow {
  readonly from: Peer | MeshPods;
  readonly to: Peer | MeshPods;
  /** Of the pods that are called. */
  readonly port: number;
  readonly transport: "TCP" | "UDP" | "SCTP";
  readonly request?: HttpRequest;
}

export interface MeshSide {
  readonly verdict: "allowed" | "denied" | "undecided";
  readonly why: string;
  readonly by: readonly string[];
}
