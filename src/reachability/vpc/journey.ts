import type { Hop } from "../hop";
import type { Key } from "./keys";
import type { Subnet } from "./network";
import type { FlowProtocol } from "./places";
import type { Range } from "./ranges";

/** What is to go from a subnet to a destination. */
export interface Journey {
  readonly from: Subnet;
  readonly source: Range;
  readonly destination: Range;
  /** The subnet where it ends, where that is one of the stacks'. */
  readonly to?: Subnet;
  readonly port: number;
  readonly protocol: FlowProtocol;
  /** Where the destination goes by a name. */
  readonly name?: string;
  /** Interfaces of the sender have public addresses. */
  readonly isPublic: boolean;
}

/** How a network is left. */
export type Exit =
  | { readonly kind: "local" }
  | { readonly kind: "internet" }
  | { readonly kind: "peering"; readonly key: Key }
  | { readonly kind: "transit gateway"; readonly key: Key };

export interface Position {
  readonly subnets: readonly Subnet[];
  readonly hops: readonly Hop[];
  readonly translated: boolean;
  /** Endpoint of a firewall that was passed. */
  readonly firewall?: Key;
}

/** A way that packets may take, to its end; without an exit they got nowhere. */
export interface Way extends Position {
  readonly exit?: Exit;
}
